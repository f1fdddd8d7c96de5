import {
  findIndicator,
  identityFacts,
  inScope,
  normalise,
  normaliseDocument,
  rowViolations,
  type Category,
  type IdentityFact,
  type ScopeVerdict,
} from '@shidang/catalogue';
import type { Finding, RegisterTeacher } from '@shidang/contracts';

/** The facts that make a person, as they are stored. */
export interface Facts {
  name: string;
  sex: string;
  birthDate: string;
  documentType: string;
  documentNumber: string;
}

export type CheckedFacts =
  { facts: Facts; findings: readonly [] } | { facts?: undefined; findings: readonly Finding[] };

const pointers: Readonly<Record<IdentityFact, string>> = {
  name: '/name',
  sex: '/sex',
  birthDate: '/birthDate',
  documentType: '/document/type',
  documentNumber: '/document/number',
};

const factOf = new Map(Object.entries(identityFacts).map(([fact, key]) => [key, fact as IdentityFact]));

function findingAt(fact: IdentityFact, code: string, words: { zh: string; en: string }): Finding {
  return { pointer: pointers[fact], field: fact, code: `records.${code}`, detail: words.zh, detailEn: words.en };
}

/** The four facts as typed → as stored, or everything wrong with them at once, in words that say how to mend (工作方案 五(二)). */
export function checkFacts(
  typed: Omit<RegisterTeacher, 'employment'>,
  category: Category,
  today: string,
): CheckedFacts {
  const raw: Record<IdentityFact, string> = {
    name: typed.name,
    sex: typed.sex,
    birthDate: typed.birthDate,
    documentType: typed.document.type,
    documentNumber: typed.document.number,
  };
  const read: Partial<Record<IdentityFact, string>> = {};
  const findings: Finding[] = [];
  for (const fact of Object.keys(raw) as IdentityFact[]) {
    const indicator = findIndicator('basic', identityFacts[fact])!;
    const result = normalise(indicator, raw[fact], category);
    if ('code' in result) findings.push(findingAt(fact, result.code, result.words));
    else if (typeof result.value === 'string') read[fact] = result.value;
    else
      findings.push(findingAt(fact, 'required', { zh: `${indicator.zhName}必填`, en: `${indicator.en} is required` }));
  }
  findings.push(...wrongValues(read, category, today));
  if (findings.length > 0) return { findings };
  const { type, number } = normaliseDocument({ type: read.documentType!, number: read.documentNumber! });
  const facts: Facts = {
    name: read.name!,
    sex: read.sex!,
    birthDate: read.birthDate!,
    documentType: type,
    documentNumber: number,
  };
  return { facts, findings: [] };
}

function wrongValues(read: Partial<Record<IdentityFact, string>>, category: Category, today: string): Finding[] {
  const { type = '', number = '' } = documentOf(read);
  const values = Object.fromEntries(
    (Object.entries(read) as [IdentityFact, string][]).map(([fact, value]) => [
      identityFacts[fact],
      fact === 'documentType' ? type : fact === 'documentNumber' ? number : value,
    ]),
  );
  return rowViolations('basic', values, category, { today, partial: true })
    .filter((each) => each.severity === 'error' && each.field !== undefined && factOf.has(each.field))
    .map((each) => findingAt(factOf.get(each.field!)!, each.code, each.words));
}

const documentOf = (read: Partial<Record<IdentityFact, string>>): { type?: string; number?: string } =>
  read.documentType && read.documentNumber
    ? normaliseDocument({ type: read.documentType, number: read.documentNumber })
    : { type: read.documentType, number: read.documentNumber };

export interface CheckedEmployment {
  /** Dates as they are stored. */
  employment: RegisterTeacher['employment'];
  verdict: ScopeVerdict;
  findings: readonly Finding[];
}

/** Is the person collected (domain: in scope)? Names the rule that decided; a contract date that cannot be read is a finding. */
export function checkEmployment(typed: RegisterTeacher['employment'], today: string): CheckedEmployment {
  const findings: Finding[] = [];
  const day = (key: 'start' | 'end'): string | undefined => {
    const raw = typed.contract?.[key];
    const indicator = findIndicator('basic', key === 'start' ? 'contractStartDate' : 'contractEndDate')!;
    const result = normalise(indicator, raw, 'primarySecondary');
    if (!('code' in result)) return result.value as string | undefined;
    const { zh, en } = result.words;
    findings.push({
      pointer: `/employment/contract/${key}`,
      field: key,
      code: `records.${result.code}`,
      detail: zh,
      detailEn: en,
    });
    return undefined;
  };
  const [start, end] = [day('start'), day('end')];
  const employment = { ...typed, contract: start === undefined ? undefined : { start, ...(end && { end }) } };
  return { employment, findings, verdict: inScope(employment, today) };
}

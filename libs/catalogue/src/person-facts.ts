import { findIndicator, identityFacts } from './catalogue';
import { rowViolations } from './check/row';
import { normaliseDocument } from './document/identity-document';
import { inScope, type Employment, type ScopeVerdict } from './employment';
import { normalise } from './normalise/normalise';
import type { Category, IdentityFact, Words } from './section';
import type { Fix } from './violation';

/** What is wrong with one of the facts that make a person. */
export interface FactComplaint {
  readonly fact: IdentityFact;
  readonly code: string;
  readonly words: Words;
  readonly fix?: Fix;
}

export type CheckedPerson =
  | { readonly facts: Readonly<Record<IdentityFact, string>>; readonly complaints: readonly [] }
  | { readonly facts?: undefined; readonly complaints: readonly FactComplaint[] };

type Read = Partial<Record<IdentityFact, string>>;

const factOf = new Map(Object.entries(identityFacts).map(([fact, key]) => [key, fact as IdentityFact]));

/** 工作方案 五(二): the facts as typed → as stored, or everything wrong with them at once, in words that say how to mend it. */
export function checkPerson(
  typed: Readonly<Record<IdentityFact, string>>,
  category: Category,
  today: string,
): CheckedPerson {
  const read: Read = {};
  const complaints: FactComplaint[] = [];
  for (const fact of Object.keys(identityFacts) as IdentityFact[]) {
    const indicator = findIndicator('basic', identityFacts[fact])!;
    const result = normalise(indicator, typed[fact], category);
    if ('code' in result)
      complaints.push({ fact, code: result.code, words: result.words, ...(result.fix && { fix: result.fix }) });
    else if (typeof result.value === 'string') read[fact] = result.value;
    else
      complaints.push({
        fact,
        code: 'required',
        words: { zh: `${indicator.zhName}必填`, en: `${indicator.en} is required` },
      });
  }
  complaints.push(...wrongValues(read, category, today));
  if (complaints.length > 0) return { complaints };
  return { facts: { ...read, ...documentIn(read) } as Record<IdentityFact, string>, complaints: [] };
}

/** One form per document, as the duplicate check compares it. */
function documentIn({ documentType, documentNumber }: Read): Read {
  if (!documentType || !documentNumber) return {};
  const { type, number } = normaliseDocument({ type: documentType, number: documentNumber });
  return { documentType: type, documentNumber: number };
}

function wrongValues(read: Read, category: Category, today: string): FactComplaint[] {
  const values = Object.fromEntries(
    Object.entries({ ...read, ...documentIn(read) }).map(([fact, value]) => [
      identityFacts[fact as IdentityFact],
      value,
    ]),
  );
  return rowViolations('basic', values, category, { today, partial: true })
    .filter((each) => each.severity === 'error')
    .flatMap(({ field, code, words, fix }) => {
      const fact = factOf.get(field ?? '');
      return fact ? [{ fact, code, words, ...(fix && { fix }) }] : [];
    });
}

export interface CheckedEmployment {
  /** Dates as they are stored. */
  readonly employment: Employment;
  readonly verdict: ScopeVerdict;
  /** Contract dates that cannot be read. */
  readonly unread: readonly { readonly at: 'start' | 'end'; readonly code: string; readonly words: Words }[];
}

/** Is the person collected (domain: in scope)? Names the rule that decided; a contract date that cannot be read is told. */
export function checkEmployment(typed: Employment, today: string): CheckedEmployment {
  const unread: CheckedEmployment['unread'][number][] = [];
  const day = (at: 'start' | 'end'): string | undefined => {
    const indicator = findIndicator('basic', at === 'start' ? 'contractStartDate' : 'contractEndDate')!;
    const result = normalise(indicator, typed.contract?.[at], 'primarySecondary');
    if (!('code' in result)) return result.value as string | undefined;
    unread.push({ at, code: result.code, words: result.words });
    return undefined;
  };
  const [start, end] = [day('start'), day('end')];
  const { contract: _, ...rest } = typed;
  const employment = { ...rest, ...(start !== undefined && { contract: { start, ...(end && { end }) } }) };
  return { employment, unread, verdict: inScope(employment, today) };
}

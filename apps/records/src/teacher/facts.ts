import {
  checkEmployment as employmentOf,
  checkPerson,
  type Category,
  type IdentityFact,
  type ScopeVerdict,
  type Words,
} from '@shidang/catalogue';
import type { Finding, RegisterTeacher } from '@shidang/contracts';

/** The facts that make a person, as they are stored. */
export type Facts = Record<IdentityFact, string>;

export type CheckedFacts =
  { facts: Facts; findings: readonly [] } | { facts?: undefined; findings: readonly Finding[] };

const pointers: Readonly<Record<IdentityFact, string>> = {
  name: '/name',
  sex: '/sex',
  birthDate: '/birthDate',
  documentType: '/document/type',
  documentNumber: '/document/number',
};

const findingAt = (pointer: string, field: string, code: string, words: Words): Finding => ({
  pointer,
  field,
  code: `records.${code}`,
  detail: words.zh,
  detailEn: words.en,
});

/** The catalogue's check, which the browser runs too, as findings of a request (工作方案 五(二)). */
export function checkFacts(
  typed: Omit<RegisterTeacher, 'employment'>,
  category: Category,
  today: string,
): CheckedFacts {
  const { name, sex, birthDate, document } = typed;
  const person = { name, sex, birthDate, documentType: document.type, documentNumber: document.number };
  const { facts, complaints } = checkPerson(person, category, today);
  if (facts) return { facts, findings: [] };
  return { findings: complaints.map(({ fact, code, words }) => findingAt(pointers[fact], fact, code, words)) };
}

export interface CheckedEmployment {
  /** Dates as they are stored. */
  employment: RegisterTeacher['employment'];
  verdict: ScopeVerdict;
  findings: readonly Finding[];
}

/** Is the person collected? Names the rule that decided; a contract date that cannot be read is a finding. */
export function checkEmployment(typed: RegisterTeacher['employment'], today: string): CheckedEmployment {
  const { employment, verdict, unread } = employmentOf(typed, today);
  const findings = unread.map(({ at, code, words }) => findingAt(`/employment/contract/${at}`, at, code, words));
  return { employment: { ...employment }, verdict, findings };
}

import { commonWords } from './common-passwords';

const shortest = 10;
const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/** What a password must not be made of: log-in name, name, document number, organisation. */
export type Known = readonly (string | undefined)[];

export const passwordFaults = ['short', 'classes', 'common', 'derived'] as const;
export type PasswordFault = (typeof passwordFaults)[number];

/** Ten characters, three of four classes, not a common one, not derived from who one is: which of them do not hold. */
export function faultsOf(password: string, known: Known): PasswordFault[] {
  const text = password.normalize('NFKC');
  const holds: Record<PasswordFault, boolean> = {
    short: [...text].length >= shortest,
    classes: classes.filter((each) => each.test(text)).length >= 3,
    common: !isCommon(text),
    derived: !isDerived(text, known),
  };
  return passwordFaults.filter((fault) => !holds[fault]);
}

export const isStrong = (password: string, known: Known): boolean => faultsOf(password, known).length === 0;

/** A common word, or hardly a letter, around digits that everybody types. */
function isCommon(password: string): boolean {
  const letters = unmasked(password.toLowerCase().replace(/^[^a-z@$]+|[^a-z]+$/g, '')).replace(/[^a-z]/g, '');
  const plain = password.toLowerCase().replace(/[^a-z]/g, '');
  if (commonWords.has(letters) || commonWords.has(plain)) return true;
  if (hasRun(password) && plain.length <= 4) return true;
  return new Set(password.toLowerCase()).size < 5;
}

/** P@ssw0rd is password. */
const unmasked = (password: string): string =>
  password.replace(/@/g, 'a').replace(/0/g, 'o').replace(/[1!]/g, 'i').replace(/3/g, 'e').replace(/\$/g, 's');

/** Five digits that go up, go down or stay, or two such threes: 12345, 98765, 11111, 123123. */
function hasRun(password: string): boolean {
  const digits = password.replace(/\D/g, '');
  for (let at = 0; at + 5 <= digits.length; at++) {
    const steps = [...digits.slice(at, at + 4)].map((digit, i) => Number(digits[at + i + 1]) - Number(digit));
    if ([-1, 0, 1].some((step) => steps.every((each) => each === step))) return true;
  }
  return /(\d{3})\1/.test(digits) || /(520|521|1314)/.test(digits);
}

/** Contains a name, the log-in name, the organisation code, or six digits in a row of the document number. */
function isDerived(password: string, known: Known): boolean {
  const text = password.toLowerCase();
  return known.some((each) => {
    const fact = each?.normalize('NFKC').toLowerCase().replace(/\s/g, '') ?? '';
    if (/^\d{6,}x?$/.test(fact)) return windows(fact, 6).some((part) => text.includes(part));
    return fact
      .split('@')
      .some((part) => [...part].length >= (/^[\p{Script=Han}·]+$/u.test(part) ? 2 : 4) && text.includes(part));
  });
}

const windows = (text: string, length: number): string[] =>
  Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length));

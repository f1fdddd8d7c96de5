import { divisions, provinces } from '../divisions';
import { comparePeriods, dayText, isRealDay } from '../normalise/calendar';
import { halfWidth } from '../normalise/half-width';
import type { Words } from '../section';
import { words, type Severity } from '../violation';
import { checkCharacter } from './check-digit';

/** Code of `idDocType`: resident identity card 居民身份证. */
export const citizenCard = '1';
/** Code of `idDocType`: residence permit of Hong Kong, Macao and Taiwan residents 港澳台居民居住证, numbers 81, 82, 83. */
export const residencePermit = 'C';

export interface IdentityDocument {
  readonly type: string;
  readonly number: string;
}

export interface DocumentClaim extends IdentityDocument {
  readonly birthDate?: string;
  /** `1` male, `2` female. */
  readonly sex?: string;
}

export interface DocumentFinding {
  readonly code: string;
  readonly at: 'type' | 'number' | 'birthDate' | 'sex';
  readonly severity: Severity;
  readonly words: Words;
  /** The value that would agree with the number, where there is one. */
  readonly suggestion?: string;
}

/** Full width, lower case, spaces and hyphens are how people type a number, not what it is. */
export const normaliseDocumentNumber = (number: string): string =>
  halfWidth(number).toUpperCase().replace(/[\s-]/g, '');

/**
 * One form per document, so that a duplicate check by type + number cannot be walked around: besides the number,
 * 81/82/83 numbers entered as 居民身份证 are residence permits.
 */
export function normaliseDocument(document: IdentityDocument): IdentityDocument {
  const number = normaliseDocumentNumber(document.number);
  const isPermit = document.type === citizenCard && /^8[123]\d{15}[\dX]$/.test(number);
  return { type: isPermit ? residencePermit : document.type, number };
}

/** Does this type carry a GB 11643 number? */
export const hasCitizenNumber = (type: string): boolean => type === citizenCard || type === residencePermit;

export interface CitizenNumberFacts {
  readonly birthDate: string;
  /** Code of the table `sex`. */
  readonly sex: '1' | '2';
  /** Two digits, see `provinces`. */
  readonly province: string;
  /** Only when the number's division is on file today; withdrawn codes such as 3325xx are common. */
  readonly division?: string;
}

/** Birth date, sex and province out of a sound number; undefined when any part of it is not sound. */
export function factsFromCitizenNumber(number: string): CitizenNumberFacts | undefined {
  const text = normaliseDocumentNumber(number);
  if (!/^\d{17}[\dX]$/.test(text) || checkCharacter(text) !== text[17]) return undefined;
  const birthDate = birthDateIn(text);
  const province = text.slice(0, 2);
  if (!birthDate || !provinces[province]) return undefined;
  const division = divisions.find((each) => each.code === text.slice(0, 6))?.code;
  return { birthDate, sex: sexIn(text), province, ...(division && { division }) };
}

function birthDateIn(number: string): string | undefined {
  const [year, month, day] = [+number.slice(6, 10), +number.slice(10, 12), +number.slice(12, 14)];
  return isRealDay(year, month, day) ? dayText(year, month, day) : undefined;
}

const sexIn = (number: string): '1' | '2' => (+number.charAt(16) % 2 === 1 ? '1' : '2');

/** Length and characters of the documents that are not citizen numbers; types not listed: 1–30. */
const otherForms: Readonly<Record<string, { min: number; max: number; characters: RegExp }>> = {
  '2': { min: 4, max: 30, characters: /^[\p{Script=Han}A-Z0-9]+$/u },
  '3': { min: 4, max: 30, characters: /^[\p{Script=Han}A-Z0-9]+$/u },
  '4': { min: 4, max: 30, characters: /^[\p{Script=Han}A-Z0-9]+$/u },
  '5': { min: 4, max: 30, characters: /^[\p{Script=Han}A-Z0-9]+$/u },
  '6': { min: 5, max: 20, characters: /^[A-Z0-9()]+$/ },
  '7': { min: 5, max: 20, characters: /^[A-Z0-9()/]+$/ },
  '8': { min: 8, max: 12, characters: /^[A-Z0-9]+$/ },
  '9': { min: 5, max: 20, characters: /^[A-Z0-9]+$/ },
  A: { min: 5, max: 17, characters: /^[A-Z0-9]+$/ },
};

const finding = (code: string, at: DocumentFinding['at'], zh: string, en: string, suggestion?: string) => ({
  code,
  at,
  severity: 'error' as const,
  words: words(zh, en),
  ...(suggestion !== undefined && { suggestion }),
});

/**
 * What is wrong with a document, at most one finding per root mistake: a wrong check digit says which digit it should
 * be and does not also accuse the birth date. Empty parts are not compared; that they are required is said elsewhere.
 */
export function checkDocument(claim: DocumentClaim, today?: string): readonly DocumentFinding[] {
  const number = normaliseDocumentNumber(claim.number);
  if (number === '') return [];
  return hasCitizenNumber(claim.type)
    ? checkCitizenNumber({ ...claim, number }, today)
    : checkOther(claim.type, number);
}

function checkOther(type: string, number: string): DocumentFinding[] {
  const form = otherForms[type] ?? { min: 1, max: 30, characters: /^[^\p{C}\s]+$/u };
  if (number.length < form.min || number.length > form.max) {
    return [
      finding(
        'document_length',
        'number',
        `证件号码应为 ${form.min}–${form.max} 位，现为 ${number.length} 位`,
        `This number has ${form.min} to ${form.max} characters, not ${number.length}`,
      ),
    ];
  }
  if (form.characters.test(number)) return [];
  return [
    finding('document_characters', 'number', '证件号码只能由数字和字母组成', 'This number has only digits and letters'),
  ];
}

function checkCitizenNumber(claim: DocumentClaim, today?: string): DocumentFinding[] {
  const { number } = claim;
  const malformed = citizenForm(number);
  if (malformed) return [malformed];
  const misplaced = provinceOf(claim);
  if (misplaced) return [misplaced];
  const expected = checkCharacter(number);
  if (expected !== number[17]) {
    return [
      finding(
        'document_check_digit',
        'number',
        `证件号码第 18 位应为 ${expected}（如第 18 位无误，请核对前 17 位）`,
        `The 18th character should be ${expected} (if it is right, check the first 17)`,
      ),
    ];
  }
  const birthDate = birthDateIn(number);
  if (!birthDate || (today && comparePeriods(birthDate, today) > 0)) {
    const text = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
    return [
      finding(
        'document_birth_date_impossible',
        'number',
        `证件号码第 7–14 位不是真实的出生日期（${text}）`,
        `Digits 7 to 14 are not a real date of birth (${text})`,
      ),
    ];
  }
  return disagreements(claim, birthDate, sexIn(number));
}

function citizenForm(number: string): DocumentFinding | undefined {
  if (/^\d{15}$/.test(number)) {
    return finding(
      'document_old_form',
      'number',
      '这是 15 位旧号码，请填写 18 位公民身份号码',
      'This is an old 15-digit number; enter the 18-digit one',
    );
  }
  if (number.length !== 18) {
    return finding(
      'document_length',
      'number',
      `证件号码应为 18 位，现为 ${number.length} 位`,
      `This number has 18 characters, not ${number.length}`,
    );
  }
  if (/^\d{17}[\dX]$/.test(number)) return undefined;
  return finding(
    'document_characters',
    'number',
    '证件号码前 17 位应为数字，第 18 位应为数字或 X',
    'The first 17 characters are digits, the 18th a digit or X',
  );
}

/** Only the province part is checked: withdrawn county codes are common. */
function provinceOf({ type, number }: IdentityDocument): DocumentFinding | undefined {
  const province = number.slice(0, 2);
  const isPermit = /^8[123]/.test(number);
  if (type === residencePermit && !isPermit) {
    return finding(
      'document_type_mismatch',
      'type',
      '港澳台居民居住证号码以 81、82 或 83 开头；此号码是居民身份证号码',
      'Residence permits begin with 81, 82 or 83; this is a resident identity card number',
      provinces[province] ? citizenCard : undefined,
    );
  }
  if (provinces[province]) return undefined;
  return finding(
    'document_province',
    'number',
    `证件号码前两位 ${province} 不是省级行政区划代码`,
    `The first two digits ${province} are no province`,
  );
}

function disagreements(claim: DocumentClaim, birthDate: string, sex: '1' | '2'): DocumentFinding[] {
  const found: DocumentFinding[] = [];
  if (claim.birthDate && claim.birthDate !== birthDate) {
    found.push(
      finding(
        'document_birth_date_mismatch',
        'birthDate',
        `出生日期 ${claim.birthDate} 与证件号码中的 ${birthDate} 不一致`,
        `The date of birth ${claim.birthDate} differs from ${birthDate} in the number`,
        birthDate,
      ),
    );
  }
  if (claim.sex && claim.sex !== sex) {
    const name = sex === '1' ? '男' : '女';
    found.push(
      finding(
        'document_sex_mismatch',
        'sex',
        `性别与证件号码第 17 位不一致（应为${name}）`,
        `The sex differs from digit 17 of the number (${sex === '1' ? 'male' : 'female'})`,
        sex,
      ),
    );
  }
  return found;
}

/** `331102********0019`; shorter numbers keep about a third at both ends together. */
export function maskDocumentNumber(number: string): string {
  if (number.length >= 15) return number.slice(0, 6) + '*'.repeat(number.length - 10) + number.slice(-4);
  const kept = Math.floor(number.length / 4);
  return number.slice(0, kept) + '*'.repeat(number.length - 2 * kept) + number.slice(number.length - kept);
}

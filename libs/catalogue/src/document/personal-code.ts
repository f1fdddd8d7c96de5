import { isRealDay } from '../normalise/calendar';
import { checkCharacter } from './check-digit';
import {
  hasCitizenNumber,
  maskDocumentNumber,
  normaliseDocumentNumber,
  type IdentityDocument,
} from './identity-document';

/**
 * Personal code 个人标识码, 19 characters: `G` + citizen number; `J` + 18 self-made for people without one;
 * provisional `L` + 18 until the record is effective and the national duplicate check has passed.
 * Lifelong, never reused; old codes stay as aliases.
 */
export type PersonalCodeForm = 'G' | 'J' | 'L';

const digits = (text: string, length: number, what: string): string => {
  if (text.length !== length || !/^\d+$/.test(text)) throw new RangeError(`${what} must be ${length} digits`);
  return text;
};

const birthDigits = (birthDate: string) => digits(birthDate.replaceAll('-', ''), 8, 'birth date');

/** The formal code of somebody with a citizen number; undefined for other documents, which need a `J` code. */
export const citizenPersonalCode = (document: IdentityDocument): string | undefined =>
  hasCitizenNumber(document.type) ? `G${normaliseDocumentNumber(document.number)}` : undefined;

/** `J` + 6 division + 8 birth date + 3 serial + check character as in GB 11643. The caller owns the serial. */
export function selfMadePersonalCode(of: { division: string; birthDate: string; serial: number }): string {
  const serial = digits(String(of.serial).padStart(3, '0'), 3, 'serial');
  const first17 = digits(of.division, 6, 'division') + birthDigits(of.birthDate) + serial;
  return `J${first17}${checkCharacter(first17)}`;
}

/** `L` + 6 division + 8 birth date + 4 random digits, which the caller draws (and draws again when taken). */
export const provisionalPersonalCode = (of: { division: string; birthDate: string; random: string }): string =>
  `L${digits(of.division, 6, 'division')}${birthDigits(of.birthDate)}${digits(of.random, 4, 'random')}`;

/** The form of a well-formed code, undefined when it is none. */
export function personalCodeForm(code: string): PersonalCodeForm | undefined {
  const found = /^([GJL])(\d{17}[\dX])$/.exec(code);
  const number = found?.[2];
  if (!number || !isRealDay(+number.slice(6, 10), +number.slice(10, 12), +number.slice(12, 14))) return undefined;
  const form = found[1] as PersonalCodeForm;
  if (form === 'L') return number.endsWith('X') ? undefined : 'L';
  return checkCharacter(number) === number[17] ? form : undefined;
}

/** `G` codes contain the identity number: masked alike. */
export const maskPersonalCode = (code: string): string =>
  code.startsWith('G') ? `G${maskDocumentNumber(code.slice(1))}` : code;

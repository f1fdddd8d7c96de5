import { randomInt } from 'node:crypto';
import type { Vault } from '@shidang/persistence';

/** No letter that is read as another one or as a digit. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const groups = 3;
const groupLength = 4;

/** What is printed: `7KQM-2XHV-9TRW`, 59 bits. */
export function newSlipCode(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** People type lower case, spaces and other dashes. */
export const normaliseSlipCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** A keyed hash: a copy of the table does not let anybody search the 59 bits. */
export const slipCodeHash = (vault: Vault, code: string): string => vault.blind(`slip:${normaliseSlipCode(code)}`);

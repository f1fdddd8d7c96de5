import { v7 } from 'uuid';
import { currentRequest, type RequestContext } from './request-context';
import type { Vault } from './vault';

/** UUIDv7 (S1): time ordered, unique without a sequence; monotonic within one process. */
export const newId = (): string => v7();

/**
 * Id of the `nth` thing that the running write makes. Under an Idempotency-Key the same on each try of it: what a try that died
 * left at another service (a claim) is the next try's own, and two tries at once cannot make two things. It is a UUIDv8: the try's
 * time is in no part of it, so it must not be the id of a table partitioned by month. Without a key a `newId`.
 */
export function idOfTry(vault: Vault, nth = 0): string {
  const request = currentRequest();
  if (!request?.idempotencyKey) return newId();
  const made = vault.contentHash(`id\0${tryOf(vault, request)}\0${nth}`);
  const variant = ((parseInt(made.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    made.slice(0, 8),
    made.slice(8, 12),
    `8${made.slice(13, 16)}`,
    variant + made.slice(17, 20),
    made.slice(20, 32),
  ].join('-');
}

const tries = new WeakMap<RequestContext, string>();

/** What tells one try from others: read once a request, a list may be long. */
function tryOf(vault: Vault, request: RequestContext): string {
  const { idempotencyKey, contract, caller, body } = request;
  const known =
    tries.get(request) ?? vault.contentHash(['try', caller?.accountId, contract, idempotencyKey, body].join('\0'));
  tries.set(request, known);
  return known;
}

const lastMoment = 2 ** 48 - 1;

/** Smallest UUIDv7 of a moment: where a monthly partition begins. `at` in Unix milliseconds; before 1970 no id was made. */
export function lowestIdAt(at: number): string {
  const time = Math.min(Math.max(at, 0), lastMoment).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

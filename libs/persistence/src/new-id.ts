import { v7 } from 'uuid';

/** UUIDv7 (S1): time ordered, unique without a sequence; monotonic within one process. */
export const newId = (): string => v7();

/** Smallest UUIDv7 of a moment: where a monthly partition begins. `at` in Unix milliseconds. */
export function lowestIdAt(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

import type { Violation } from './violation';

/** What became of a file that was sent in. */
export interface Sent {
  readonly what: string;
  readonly status: number;
  /** Words of a refusal. */
  readonly detail: string;
  /** Of the import, when it was taken. */
  readonly state?: string;
  readonly failure?: string;
}

const reading = new Set([400, 409, 413, 415, 422]);

/** Refused in Chinese words, or read to an end; what failed says by which documented code. */
export function endedWell(
  { what, status, detail, state, failure }: Sent,
  documented: ReadonlySet<string>,
): Violation[] {
  const wrong: string[] = [];
  if (status !== 202) {
    if (!reading.has(status)) wrong.push(`answered ${status}`);
    if (!/\p{Script=Han}/u.test(detail)) wrong.push(`refused without a word: ${detail}`);
  } else if (state === 'failed') {
    if (!documented.has(failure ?? '')) wrong.push(`failed for ${failure ?? 'nothing said'}`);
  } else if (state !== 'checked' && state !== 'matching') wrong.push(`the import is ${state ?? 'nowhere'}`);
  return wrong.map((says) => ({ check: 'ended-well', says: `${what}: ${says}` }));
}

import type { Outcome } from '../journal/operation';

/** Said while a first attempt may still be running, or instead of doing anything: asking again tells. */
const askAgain = new Set(['request.idempotency_in_progress', 'request.expired']);
/** The first attempt did it; its answer is not kept (W4). */
const alreadyDone = 'request.idempotency_already_done';

/** What an answer says about whether the write happened. No answer at all is `unknown`. */
export function outcomeOf(status: number, code: string | undefined): Outcome {
  if (status >= 200 && status < 300) return 'ok';
  if (code === alreadyDone) return 'ok';
  if (status >= 500 || status === 408 || status === 429 || (code && askAgain.has(code))) return 'unknown';
  return 'refused';
}

import type { Outcome } from '../journal/operation';

/** Said while a first attempt may still be running: asking again tells. */
const askAgain = 'request.idempotency_in_progress';
/** The first attempt did it; its answer is not kept (W4). */
const alreadyDone = 'request.idempotency_already_done';

/** What an answer says about whether the write happened. No answer at all is `unknown`. */
export function outcomeOf(status: number, code: string | undefined): Outcome {
  if (status >= 200 && status < 300) return 'ok';
  if (code === alreadyDone) return 'ok';
  if (status >= 500 || status === 408 || status === 429 || code === askAgain) return 'unknown';
  return 'refused';
}

import { RefusedByServer } from '@shidang/client';

export interface ToldProblem {
  readonly title: string;
  /** Each finding with its place, when to try again, the number to ask support with. */
  readonly details: readonly string[];
}

type Telling = 'failed' | 'unreached' | 'retryIn' | 'trace';

/** What browsers call a request without an answer, or a part of the app that did not come; each in words of its own. */
const unreached = /fetch|network|load failed|did not answer|imported module|timed? ?out|aborted/i;

const isUnreached = (error: unknown): boolean =>
  unreached.test(String((error as { message?: unknown } | null)?.message));

/** What went wrong in the server's words; of a failure without an answer what the page says itself, never the browser's. */
export function toldProblem(
  error: unknown,
  t: (key: Telling, said?: Readonly<Record<string, string | number>>) => string,
): ToldProblem {
  if (!(error instanceof RefusedByServer))
    return { title: t(isUnreached(error) ? 'unreached' : 'failed'), details: [] };
  const { problem, retryAfter } = error;
  return {
    title: problem.detail ?? t('failed'),
    details: [
      ...(problem.errors ?? []).map(({ field, detail }) => (field ? `${field}: ${detail}` : detail)),
      ...(retryAfter ? [t('retryIn', { count: retryAfter })] : []),
      ...(problem.status >= 500 ? [t('trace', { trace: problem.traceId })] : []),
    ],
  };
}

import { RefusedByServer } from '@shidang/client';

export interface ToldProblem {
  readonly title: string;
  /** Each finding with its place, when to try again, the number to ask support with. */
  readonly details: readonly string[];
}

type Telling = 'failed' | 'retryIn' | 'trace';

/** What went wrong in the server's words; of a failure without an answer what the page says itself. */
export function toldProblem(
  error: unknown,
  t: (key: Telling, said?: Readonly<Record<string, string | number>>) => string,
): ToldProblem {
  if (!(error instanceof RefusedByServer))
    return { title: error instanceof Error ? error.message : t('failed'), details: [] };
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

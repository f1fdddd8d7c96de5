import type { components } from './generated/api';

/** RFC 9457 as the gateway answers it. */
export type Problem = components['schemas']['Problem'];

/** The server said no, or failed; `problem.code` is stable, `problem.detail` is for people. */
export class RefusedByServer extends Error {
  override name = 'RefusedByServer';

  constructor(
    readonly problem: Problem,
    /** Seconds after which a retry makes sense (429, 503). */
    readonly retryAfter?: number,
  ) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'detail' in value;
}

/** What a proxy in between answered instead of the gateway. */
const unknownAnswer = ({ status, statusText, url }: Response): Problem => ({
  type: 'about:blank',
  title: statusText,
  status,
  detail: `HTTP ${status}`,
  instance: url ? new URL(url).pathname : '',
  code: 'http.unexpected_answer',
  traceId: '',
});

/** The data of a call, or `RefusedByServer`: `await answer(client.GET('/api/v1/me'))`. */
export async function answer<D>(call: Promise<{ data?: D; error?: unknown; response: Response }>): Promise<D> {
  const { data, error, response } = await call;
  if (response.ok) return data as D;
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  throw new RefusedByServer(
    isProblem(error) ? error : unknownAnswer(response),
    Number.isFinite(seconds) ? seconds : undefined,
  );
}

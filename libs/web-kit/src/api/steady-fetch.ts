/** What a steady fetch needs from around it. */
export interface Surroundings {
  /** Resolves when somebody has logged in again as who he was; rejects when he will not. */
  readonly logInAgain: () => Promise<void>;
  /** The password must be changed before anything else. */
  readonly passwordExpired: () => void;
  readonly csrfToken: () => string | undefined;
  /** Who is logged in; undefined: nobody, and nobody is asked to. */
  readonly seated: () => string | undefined;
  /** A proof was refused: whether the browser's session, a new one, is of who is logged in here; his new proof is known then. */
  readonly recognise: () => Promise<boolean>;
  readonly waitsFor: (reason: 'lost' | 'busy') => () => void;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Milliseconds a lost connection is waited for before the request fails: ten minutes. */
  readonly patience?: number;
  /** Milliseconds a server that says "later" (503, 429) is asked again: one minute. */
  readonly busyPatience?: number;
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const harmless = new Set(['GET', 'HEAD']);

/** A write is repeated only under its key: the server then does it once, however often it is asked. */
const mayRepeat = (request: Request): boolean => harmless.has(request.method) || request.headers.has('idempotency-key');

/** Each time another tab logs in. A server that refuses the proof of its own session is not asked for ever. */
const mostRecognised = 3;

const isLater = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504;

export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((done, fail) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      fail(signal.reason as Error);
    });
  });

/** Half a second, doubling, at most five: a server that restarts is found again soon and not stormed. */
export const pauseAfter = (attempt: number): number => Math.min(5_000, 500 * 2 ** Math.min(attempt, 10));

/**
 * Fetch that does not lose what somebody typed: a connection that is gone and a server that is busy are waited for, an ended session asks for the log-in and
 * then repeats the request. Only what may be repeated without harm is, and not as somebody else who has sat down at this tab since.
 */
export function steadyFetch(around: Surroundings): (request: Request) => Promise<Response> {
  const send = around.fetch ?? ((request: Request) => fetch(request));
  const wait = around.wait ?? pause;
  const patience = around.patience ?? 600_000;
  const busyPatience = around.busyPatience ?? 60_000;

  const asked = async (request: Request): Promise<Response | undefined> => {
    const attempt = new Request(request.clone());
    const csrf = around.csrfToken();
    if (csrf && !harmless.has(request.method)) attempt.headers.set('x-csrf-token', csrf);
    try {
      return await send(attempt);
    } catch (failure) {
      if (request.signal.aborted || !mayRepeat(request)) throw failure;
      return undefined;
    }
  };

  /** Milliseconds to wait before the next attempt; undefined when the answer stands. */
  const delayAfter = (request: Request, response: Response | undefined, attempt: number, waited: number) => {
    if (!mayRepeat(request)) return undefined;
    if (!response) return waited > patience ? undefined : pauseAfter(attempt);
    if (!isLater(response.status) || waited > busyPatience) return undefined;
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    const told = Number.isFinite(seconds) ? seconds * 1000 : 0;
    return told > 15_000 ? undefined : Math.max(told, pauseAfter(attempt));
  };

  const persistent = async (request: Request, isStillMine: () => boolean): Promise<Response> => {
    let over: (() => void) | undefined;
    let waited = 0;
    try {
      for (let attempt = 0; ; attempt += 1) {
        const response = await asked(request);
        const delay = delayAfter(request, response, attempt, waited);
        if (delay === undefined) {
          if (response) return response;
          throw new TypeError('the server did not answer');
        }
        over?.();
        over = around.waitsFor(response ? 'busy' : 'lost');
        await wait(delay, request.signal);
        if (!isStillMine()) throw new TypeError('who made the request has logged out');
        waited += delay;
      }
    } finally {
      over?.();
    }
  };

  return async (request) => {
    const mine = around.seated();
    const isStillMine = () => around.seated() === mine;
    let recognised = 0;
    for (;;) {
      const response = await persistent(request, isStillMine);
      const code = response.status === 403 ? await codeOf(response) : undefined;
      if (code === 'identity.password_must_change') around.passwordExpired();
      if (code === 'gateway.csrf_token_missing' && mine !== undefined && recognised < mostRecognised) {
        recognised += 1;
        if (isStillMine() && (await around.recognise()) && isStillMine()) continue;
        return response;
      }
      if (response.status !== 401 || mine === undefined || !isStillMine()) return response;
      try {
        await around.logInAgain();
      } catch {
        return response;
      }
      if (!isStillMine()) return response;
    }
  };
}

async function codeOf(response: Response): Promise<string | undefined> {
  try {
    return ((await response.clone().json()) as { code?: string }).code;
  } catch {
    return undefined;
  }
}

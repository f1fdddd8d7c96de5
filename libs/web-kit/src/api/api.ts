import { shidangClient, type ShidangClient } from '@shidang/client';
import { language } from '../words/language';
import { seated } from '../session/seat';
import { passwordGate } from '../session/password-gate';
import { sessionGate } from '../session/session-gate';
import { waitsFor } from './connection';
import { steadyFetch } from './steady-fetch';

/** The proof that a write comes from our own page; the session's own cookie no script can read. */
export function csrfToken(): string | undefined {
  const pair = document.cookie.split('; ').find((each) => each.startsWith('shidang_csrf='));
  return pair?.slice('shidang_csrf='.length) || undefined;
}

const withLanguage = (request: Request): Request => {
  request.headers.set('accept-language', language());
  return request;
};

const steady = steadyFetch({
  logInAgain: () => sessionGate.open(),
  passwordExpired: () => passwordGate.open(),
  csrfToken,
  seated,
  waitsFor,
});

const baseUrl = globalThis.location?.origin ?? 'http://localhost';

/** The API for pages: `answer(api.GET('/api/v1/teachers', …))`. Waits for lost connections, asks for the log-in when the session ended. */
export const api: ShidangClient = shidangClient({
  baseUrl,
  csrfToken,
  fetch: (request) => steady(withLanguage(request)),
});

/** The API for the session itself: a 401 is an answer here, not a reason for a dialog. */
export const frankApi: ShidangClient = shidangClient({
  baseUrl,
  csrfToken,
  fetch: (request) => fetch(withLanguage(request)),
});

/** The same for what openapi-fetch does not carry (uploads, files): same waits, same log-in dialog. A write brings its own Idempotency-Key. */
export const steadyRequest = (request: Request): Promise<Response> => steady(withLanguage(request));

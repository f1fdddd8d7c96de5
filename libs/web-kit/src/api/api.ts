import { answer, shidangClient, type ShidangClient } from '@shidang/client';
import { language } from '../words/language';
import { proofOfSeat, seated } from '../session/seat';
import { passwordGate } from '../session/password-gate';
import { recognise } from '../session/recognise';
import { sessionGate } from '../session/session-gate';
import { waitsFor } from './connection';
import { csrfCookie } from './csrf-cookie';
import { steadyFetch } from './steady-fetch';

const withLanguage = (request: Request): Request => {
  request.headers.set('accept-language', language());
  return request;
};

const steady = steadyFetch({
  logInAgain: () => sessionGate.open(),
  passwordExpired: () => passwordGate.open(),
  csrfToken: proofOfSeat,
  seated,
  recognise: () => recognise(() => answer(api.GET('/api/v1/me'))),
  waitsFor,
});

const baseUrl = globalThis.location?.origin ?? 'http://localhost';

/** The API for pages: `answer(api.GET('/api/v1/teachers', …))`. Waits for lost connections, asks for the log-in when the session ended. */
export const api: ShidangClient = shidangClient({
  baseUrl,
  csrfToken: proofOfSeat,
  fetch: (request) => steady(withLanguage(request)),
});

/** The API for the session itself: a 401 is an answer here, not a reason for a dialog; a write proves the browser's session, whoever's it is. */
export const frankApi: ShidangClient = shidangClient({
  baseUrl,
  csrfToken: csrfCookie,
  fetch: (request) => fetch(withLanguage(request)),
});

/** The same for what openapi-fetch does not carry (uploads, files): same waits, same log-in dialog. A write brings its own Idempotency-Key. */
export const steadyRequest = (request: Request): Promise<Response> => steady(withLanguage(request));

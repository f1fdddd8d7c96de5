import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths } from './generated/api';

export type ShidangClient = Client<paths>;

export interface ClientSettings {
  /** `https://host`, without `/api/v1`: the paths carry it. */
  baseUrl: string;
  /** Programs: the token of POST /sessions. */
  token?: () => string | undefined;
  /** Browsers, whose session is a cookie: the value of the cookie `shidang_csrf`. */
  csrfToken?: () => string | undefined;
  language?: 'zh-CN' | 'en';
  fetch?: (request: Request) => Promise<Response>;
}

const harmless = new Set(['GET', 'HEAD']);

/** UUIDv4 also where `crypto.randomUUID` is missing (pages without TLS). */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Who asks, in which language, and a key of its own for every write, so that a repeat after a lost answer is done once. */
const headers = ({ token, csrfToken, language }: ClientSettings): Middleware => ({
  onRequest({ request }) {
    const set = (name: string, value: string | undefined) => {
      if (value && !request.headers.has(name)) request.headers.set(name, value);
    };
    const bearer = token?.();
    set('authorization', bearer && `Bearer ${bearer}`);
    set('accept-language', language);
    if (harmless.has(request.method)) return;
    set('idempotency-key', newKey());
    set('x-csrf-token', csrfToken?.());
  },
});

/** The API, typed by its committed OpenAPI document. Results are `{ data, error, response }`; see `answer`. */
export function shidangClient(settings: ClientSettings): ShidangClient {
  const { baseUrl, fetch } = settings;
  const client = createClient<paths>({ baseUrl, credentials: 'same-origin', ...(fetch ? { fetch } : {}) });
  client.use(headers(settings));
  return client;
}

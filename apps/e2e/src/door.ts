import { randomUUID } from 'node:crypto';

/** What came back over HTTP. `body` is the parsed JSON, or text for anything else. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
  etag: string;
}

/** A refusal as RFC 9457 tells it. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  traceId: string;
  errors?: { code: string; field?: string; detail: string; sheet?: string; row?: number; column?: string }[];
}

interface Asked {
  body?: unknown;
  ifMatch?: string;
  key?: string;
  language?: string;
}

/** One user's way in: nothing but HTTP and a bearer token. */
export class Door {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  get = <T = Record<string, unknown>>(path: string, asked: Asked = {}) => this.ask<T>('GET', path, asked);
  post = <T = Record<string, unknown>>(path: string, body: unknown = {}, asked: Asked = {}) =>
    this.ask<T>('POST', path, { ...asked, body });
  put = <T = Record<string, unknown>>(path: string, body: unknown, asked: Asked = {}) =>
    this.ask<T>('PUT', path, { ...asked, body });
  patch = <T = Record<string, unknown>>(path: string, body: unknown, asked: Asked = {}) =>
    this.ask<T>('PATCH', path, { ...asked, body });
  delete = <T = Record<string, unknown>>(path: string, asked: Asked = {}) => this.ask<T>('DELETE', path, asked);

  /** Asks and insists on a 2xx; the problem's words are the failure otherwise. */
  async must<T = Record<string, unknown>>(method: string, path: string, asked: Asked = {}): Promise<Answer<T>> {
    const answer = await this.ask<T>(method, path, asked);
    if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  async upload<T = Record<string, unknown>>(path: string, fileName: string, content: Buffer): Promise<Answer<T>> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(content)]), fileName);
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method: 'POST',
      headers: { ...this.who(), 'idempotency-key': randomUUID() },
      body: form,
    });
    return answerOf<T>(response);
  }

  async download(path: string): Promise<{ status: number; content: Buffer; headers: Headers }> {
    const response = await fetch(`${this.url}/api/v1${path}`, { headers: this.who() });
    return { status: response.status, content: Buffer.from(await response.arrayBuffer()), headers: response.headers };
  }

  private who(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  private async ask<T>(method: string, path: string, asked: Asked): Promise<Answer<T>> {
    const writes = method !== 'GET';
    const key = asked.key ?? randomUUID();
    const send = () =>
      fetch(`${this.url}/api/v1${path}`, {
        method,
        headers: {
          ...this.who(),
          ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(writes ? { 'idempotency-key': key } : {}),
          ...(asked.ifMatch === undefined ? {} : { 'if-match': `"${asked.ifMatch}"` }),
          ...(asked.language ? { 'accept-language': asked.language } : {}),
        },
        body: asked.body === undefined ? undefined : JSON.stringify(asked.body),
      });
    const response = await send().catch((failure: unknown) => (wasClosed(failure) ? send() : Promise.reject(failure)));
    return answerOf<T>(response);
  }
}

/** The server closed an idle connection while this process was busy: the same again, under the same key, does no harm. */
const wasClosed = (failure: unknown): boolean =>
  (failure as { cause?: { message?: string } }).cause?.message === 'other side closed';

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    body: (json ? JSON.parse(text) : text) as T,
    headers: response.headers,
    etag: (response.headers.get('etag') ?? '').replace(/^(W\/)?"|"$/g, ''),
  };
}

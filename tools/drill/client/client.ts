import { randomBytes, randomUUID } from 'node:crypto';
import type { Journal } from '../journal/journal';
import type { Attempt, Facts, Outcome } from '../journal/operation';
import { outcomeOf } from './outcome';

/** A write as a client means it. `intent` and `made` go to the journal. */
export interface Asked {
  readonly contract: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly file?: { readonly name: string; readonly content: Buffer };
  readonly intent?: Facts;
  /** Ids worth keeping of an answer. */
  readonly made?: (body: Body) => Facts;
}

/** JSON of an answer. */
export type Body = Readonly<Record<string, unknown>>;

export interface Known {
  readonly outcome: Outcome;
  readonly body: Body;
  readonly version?: string;
  readonly code?: string;
}

interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly version?: string;
}

export interface ClientPlace {
  readonly url: string;
  readonly journal: Journal;
  /** Nobody begins anything any more. */
  readonly closing: () => boolean;
  /** Unix milliseconds after which nothing is asked again. */
  readonly giveUpAt: () => number;
}

const patience = 15_000;
const retryMilliseconds = 200;

export const rest = (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds));

const fileBody = ({ name, content }: { name: string; content: Buffer }): FormData => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(content)]), name);
  return form;
};

/** One account's way in: asks over HTTP, writes down every attempt, repeats under the same key until it is told. */
export class Client {
  constructor(
    private readonly place: ClientPlace,
    readonly account: string,
    private readonly token: string,
  ) {}

  /** Answers what became of it; `unknown` only when the run ended before anybody said. */
  async write(op: string, asked: Asked): Promise<Known> {
    const key = randomUUID();
    for (let attempt = 1; ; attempt++) {
      const known = await this.attempt(op, asked, key, attempt);
      if (known.outcome !== 'unknown' || Date.now() >= this.place.giveUpAt()) return known;
      await rest(Math.min(retryMilliseconds * attempt, 1_000));
    }
  }

  /** Reads until it is answered; undefined when the run closes before, or when it is refused. */
  async read<T = Body>(path: string): Promise<{ body: T; version?: string } | undefined> {
    for (;;) {
      const answer = await this.ask('GET', path, {}).catch(() => undefined);
      if (answer && answer.status < 300) return { body: answer.body as T, version: answer.version };
      if (answer && outcomeOf(answer.status, undefined) === 'refused') return undefined;
      this.place.journal.missedReads.push({ path, status: answer?.status, at: Date.now() });
      if (this.place.closing()) return undefined;
      await rest(retryMilliseconds);
    }
  }

  private async attempt(op: string, asked: Asked, key: string, attempt: number): Promise<Known> {
    const trace = randomBytes(16).toString('hex');
    const startedAt = Date.now();
    const answer = await this.ask(asked.method, asked.path, { ...asked, key, trace }).catch(() => undefined);
    const code = answer && answer.status >= 300 ? String(answer.body['code'] ?? answer.status) : undefined;
    const outcome = answer ? outcomeOf(answer.status, code) : 'unknown';
    const told = answer && outcome === 'ok' && code === undefined ? answer : undefined;
    const line: Attempt = {
      op,
      contract: asked.contract,
      account: this.account,
      key,
      attempt,
      trace,
      intent: asked.intent ?? {},
      startedAt,
      endedAt: Date.now(),
      outcome,
      status: answer?.status,
      code,
      version: told?.version,
      made: told && asked.made?.(told.body),
    };
    this.place.journal.note(line);
    return { outcome, body: answer?.body ?? {}, version: told?.version, code };
  }

  private async ask(
    method: string,
    path: string,
    { body, file, ifMatch, key, trace }: Partial<Asked> & { key?: string; trace?: string },
  ): Promise<Answer> {
    const response = await fetch(`${this.place.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { 'idempotency-key': key } : {}),
        ...(ifMatch ? { 'if-match': `"${ifMatch}"` } : {}),
        ...(trace ? { traceparent: `00-${trace}-${trace.slice(0, 16)}-01` } : {}),
      },
      body: file ? fileBody(file) : body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    const version = response.headers.get('etag')?.replace(/^(W\/)?"|"$/g, '');
    const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, body: json ? (JSON.parse(text) as Body) : {}, version };
  }
}

/** Logs in; identity need not be well yet. */
export async function logIn(place: ClientPlace, account: string, password: string): Promise<Client> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${place.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ loginName: account, password }),
    }).catch(() => undefined);
    if (response?.ok) return new Client(place, account, ((await response.json()) as { token: string }).token);
    if (attempt >= 50) throw new Error(`${account} cannot log in: ${response?.status ?? 'no answer'}`);
    await rest(retryMilliseconds);
  }
}

import { ask, askOnce, bodyOf, type Answer, type Asked } from './ask';

/** A real account with its session. */
export class Asker {
  constructor(
    private readonly url: string,
    readonly loginName: string,
    readonly password: string,
    public token = '',
  ) {}

  /** A new session; false when the account is not let in any more. */
  async logIn(): Promise<boolean> {
    const { loginName, password } = this;
    const answer = await ask(this.url, json('POST', '/sessions', { loginName, password }));
    const token = bodyOf(answer)['token'];
    if (typeof token === 'string') this.token = token;
    return typeof token === 'string';
  }

  /** `path` below `/api/v1`. */
  ask(method: string, path: string, body?: unknown, headers: Asked['headers'] = {}): Promise<Answer> {
    return ask(this.url, json(method, path, body, { ...this.who(), ...headers }));
  }

  /** As `ask`, at this moment or not at all. */
  askOnce(method: string, path: string, body?: unknown): Promise<Answer> {
    return askOnce(this.url, json(method, path, body, this.who()));
  }

  who = (): Record<string, string> => ({ authorization: `Bearer ${this.token}` });
}

export function json(method: string, path: string, body?: unknown, headers: Asked['headers'] = {}): Asked {
  if (body === undefined) return { method, path: `/api/v1${path}`, headers };
  return {
    method,
    path: `/api/v1${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { setTimeout as rest } from 'node:timers/promises';

/** A request as it goes over the wire: path with its query, headers and bytes as they are. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
}

/** `status` 0: the line was closed without an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** What `text` was read from. */
  readonly bytes?: Buffer;
}

const patience = 20_000;
const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 10_000 });

/** Nothing is mended on the way: what the platform's client would refuse to send is for `lines.ts`. */
export function askOnce(url: string, { method, path, headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((settle) => {
    const gone = (failure: Error) => settle({ status: 0, headers: {}, text: failure.message });
    const { hostname, port } = new URL(url);
    const length = body || method !== 'GET' ? { 'content-length': body?.length ?? 0 } : {};
    const sent = request({ agent, hostname, port, method, path, headers: { ...length, ...headers } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.once('error', gone);
      response.once('end', () => {
        const { statusCode = 0, headers: answered } = response;
        const bytes = Buffer.concat(pieces);
        settle({ status: statusCode, headers: answered, text: bytes.toString(), bytes });
      });
    });
    sent.setTimeout(patience, () => sent.destroy(new Error(`nothing for ${patience} ms`)));
    sent.once('error', gone);
    sent.end(body);
  });
}

/** JSON of an answer; an empty object for anything else. */
export function bodyOf({ headers, text }: Answer): Record<string, unknown> {
  if (!/json/.test(headers['content-type'] ?? '')) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export const codeOf = (answer: Answer): string => String(bodyOf(answer)['code'] ?? '');

/** A door that is overloaded says when to come again, and that it did nothing. */
const mostTimes = 30;

/** Nothing was done, and when to come again was said; a HEAD has no body that says why. */
export const isTurnedAway = (answer: Answer): boolean =>
  answer.status === 503 &&
  answer.headers['retry-after'] !== undefined &&
  ['', 'gateway.overloaded'].includes(codeOf(answer));

/** As a client does it: comes again when the door is too busy and says so. What tells of nothing but a busy machine is no answer to an attack. */
export async function ask(url: string, asked: Asked): Promise<Answer> {
  for (let times = 1; ; times++) {
    const answer = await askOnce(url, asked);
    if (!isTurnedAway(answer) || times === mostTimes) return answer;
    await rest(1_000 * Number(answer.headers['retry-after']));
  }
}

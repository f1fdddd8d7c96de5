import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Shot } from './shots';

export interface Answer {
  readonly status: number;
  readonly etag?: string;
  readonly bytes: number;
}

interface Waiting {
  settle(answer: Answer): void;
  fail(error: Error): void;
}

/** Where the head ends, and how the body does: a length, or the last chunk. */
function answerIn(text: Buffer): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const body = text.length - end - 4;
  const whole =
    length !== undefined
      ? body >= Number(length)
      : status === 204 || text.subarray(-5).equals(Buffer.from('0\r\n\r\n'));
  if (!whole) return undefined;
  return { status, etag: /\r\netag: *"([^"]*)"/i.exec(head)?.[1], bytes: body };
}

/** One keep-alive connection: sends a request, waits for the whole answer. Bare sockets: the generator must cost little. */
export class Shooter {
  private waiting?: Waiting;
  private parts: Buffer[] = [];
  private readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (part) => this.take(part));
    this.socket.on('error', (error) => this.waiting?.fail(error));
    this.socket.on('close', () => this.waiting?.fail(new Error('the connection was closed')));
  }

  shoot(shot: Shot, { round, etag }: { round: number; etag?: string }): Promise<Answer> {
    const lines = [`${shot.method} ${shot.path} HTTP/1.1`, 'host: 127.0.0.1'];
    for (const [name, value] of Object.entries(shot.headers ?? {}))
      lines.push(`${name}: ${value.replace('{{key}}', () => randomUUID()).replace('{{etag}}', etag ?? '')}`);
    const said = Array.isArray(shot.body)
      ? (shot.body as readonly string[])[round % shot.body.length]
      : (shot.body as string);
    const body = said?.replace('{{key}}', () => randomUUID());
    if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`);
    return new Promise((settle, fail) => {
      this.waiting = { settle, fail };
      this.socket.write(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private take(part: Buffer): void {
    this.parts.push(part);
    const whole = this.parts.length === 1 ? part : Buffer.concat(this.parts);
    const answer = answerIn(whole);
    if (!answer) {
      this.parts = [whole];
      return;
    }
    this.parts = [];
    this.waiting?.settle(answer);
  }
}

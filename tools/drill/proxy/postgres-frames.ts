/** One message of PostgreSQL's protocol 3: its type, and what follows the length. */
export interface Frame {
  readonly type: string;
  readonly body: Buffer;
}

/** Cuts a byte stream into messages. A client's first one has no type. */
export class PostgresFrames {
  private left = Buffer.alloc(0);

  constructor(private untyped: boolean) {}

  take(bytes: Buffer): Frame[] {
    this.left = Buffer.concat([this.left, bytes]);
    const frames: Frame[] = [];
    for (;;) {
      const head = this.untyped ? 0 : 1;
      if (this.left.length < head + 4) return frames;
      const end = head + this.left.readInt32BE(head);
      if (this.left.length < end) return frames;
      const type = this.untyped ? '' : String.fromCharCode(this.left[0]!);
      frames.push({ type, body: this.left.subarray(head + 4, end) });
      this.left = this.left.subarray(end);
      this.untyped = false;
    }
  }
}

/** Zero-terminated texts at the start of a message. */
export function textsIn(body: Buffer, count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = body.indexOf(0, at);
    if (end < 0) break;
    texts.push(body.toString('utf8', at, end));
    at = end + 1;
  }
  return texts;
}

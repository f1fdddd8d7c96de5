import { hash, sign, verify, createPublicKey, type KeyObject } from 'node:crypto';

const blockBytes = 64;
const placeBytes = 12;

/**
 * What rows are marked and heads are signed with. A mark is HMAC-SHA-256 over place and row; written out over the one-shot
 * hash because `createHmac` makes an object a row and takes four times as long.
 */
export class AuditKeys {
  private readonly publicKey: KeyObject;
  private inner: Buffer;
  /** The beginning of `inner` for a row of that length: a view costs a fifth of a hash. */
  private views = new Map<number, Buffer>();
  private readonly outer = Buffer.alloc(blockBytes + 32);

  constructor(
    private readonly secret: Buffer,
    private readonly privateKey: KeyObject,
  ) {
    this.publicKey = createPublicKey(privateKey);
    this.inner = this.padded(4_096);
    padWith(this.outer, secret, 0x5c);
  }

  /** By the service that writes the row, before anything is sealed: who has no key cannot add a row. */
  mark(row: Buffer): Buffer {
    return Buffer.from(this.tag(0, 0, row), 'latin1');
  }

  /** Of the row at its place in the chain, 32 bytes as latin1. Sequences begin at 1: no tag is a mark. */
  tag(sequence: number, ordinal: number, row: Buffer, start = 0, end = row.length): string {
    const message = this.roomFor(end - start);
    message.writeUIntBE(sequence, blockBytes + 2, 6);
    message.writeUInt32BE(ordinal, blockBytes + 8);
    row.copy(message, blockBytes + placeBytes, start, end);
    this.outer.write(hash('sha256', message, 'binary'), blockBytes, 32, 'latin1');
    return hash('sha256', this.outer, 'binary');
  }

  private roomFor(rowBytes: number): Buffer {
    const known = this.views.get(rowBytes);
    if (known) return known;
    const length = blockBytes + placeBytes + rowBytes;
    if (length > this.inner.length) {
      this.inner = this.padded(2 * length);
      this.views = new Map();
    }
    const view = this.inner.subarray(0, length);
    this.views.set(rowBytes, view);
    return view;
  }

  /** Ed25519, base64url. */
  sign(words: string): string {
    return sign(null, Buffer.from(words), this.privateKey).toString('base64url');
  }

  signed(words: string, signature: string): boolean {
    return verify(null, Buffer.from(words), this.publicKey, Buffer.from(signature, 'base64url'));
  }

  private padded(length: number): Buffer {
    const inner = Buffer.alloc(length);
    padWith(inner, this.secret, 0x36);
    return inner;
  }
}

function padWith(buffer: Buffer, secret: Buffer, pad: number): void {
  buffer.fill(pad, 0, blockBytes);
  for (let i = 0; i < secret.length; i++) buffer[i] = secret[i]! ^ pad;
}

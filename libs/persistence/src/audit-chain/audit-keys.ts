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
  tag(sequence: number, ordinal: number, row: Buffer): string {
    const end = blockBytes + placeBytes + row.length;
    if (end > this.inner.length) this.inner = this.padded(2 * end);
    this.inner.writeUIntBE(sequence, blockBytes + 2, 6);
    this.inner.writeUInt32BE(ordinal, blockBytes + 8);
    row.copy(this.inner, blockBytes + placeBytes);
    this.outer.write(hash('sha256', this.inner.subarray(0, end), 'binary'), blockBytes, 32, 'latin1');
    return hash('sha256', this.outer, 'binary');
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

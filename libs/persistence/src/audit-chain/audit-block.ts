import { hash as digest } from 'node:crypto';
import type { AuditKeys } from './audit-keys';
import { idBytes } from './audit-row';

/** What is told outside of the database about one sealed block. */
export interface AuditHead {
  /** From 1, without a gap. */
  sequence: number;
  rows: number;
  /** Rows sealed up to and with this block. */
  total: number;
  /** Id of its first row; an empty block has none. */
  first: string | null;
  /** RFC 3339, when it was sealed. */
  at: string;
  /** SHA-256 over the block and the hash before it, hex. */
  hash: string;
  /** Ed25519 over all of the above, base64url. */
  signature: string;
}

/** A row of `audit_seal`. */
export interface AuditBlock extends AuditHead {
  form: number;
  /** Rows older than the chain, which nobody had marked. */
  opening: boolean;
  /** 48 bytes a row, ordered by id: the id and the tag of the row at this place. */
  entries: Buffer;
  /** JSON of `Fault[]`: what the sealer found and could not seal with a clear conscience. */
  faults: string;
}

export interface Fault {
  row: string;
  /** forged: not marked by the service, or changed since. missing: marked, and gone before it was sealed. */
  why: 'forged' | 'missing';
}

export const entryBytes = 48;
export const beforeAll = '0'.repeat(64);

export interface RowToSeal {
  id: string;
  row: Buffer;
}

export interface BlockPlan {
  service: string;
  before: Pick<AuditHead, 'sequence' | 'total' | 'hash'> | undefined;
  opening: boolean;
  at: Date;
  rows: readonly RowToSeal[];
  faults: readonly Fault[];
}

/** Rows in the order of their ids as the next block of the chain. */
export function sealBlock(keys: AuditKeys, { service, before, opening, at, rows, faults }: BlockPlan): AuditBlock {
  const sequence = (before?.sequence ?? 0) + 1;
  const entries = Buffer.alloc(rows.length * entryBytes);
  rows.forEach(({ id, row }, ordinal) => {
    idBytes(id).copy(entries, ordinal * entryBytes);
    entries.write(keys.tag(sequence, ordinal, row), ordinal * entryBytes + 16, 32, 'latin1');
  });
  const block = {
    sequence,
    form: 1,
    opening,
    at: at.toISOString(),
    rows: rows.length,
    total: (before?.total ?? 0) + rows.length,
    first: rows[0]?.id ?? null,
    entries,
    faults: JSON.stringify(faults),
    hash: '',
    signature: '',
  };
  block.hash = hashOf(service, before?.hash ?? beforeAll, block);
  block.signature = keys.sign(headWords(service, block));
  return block;
}

/** The chain: a block's hash covers everything of it and the hash before. */
export function hashOf(service: string, before: string, block: Omit<AuditBlock, 'hash' | 'signature'>): string {
  const { sequence, form, opening, at, rows, total, first } = block;
  const content = [digest('sha256', block.entries, 'hex'), digest('sha256', block.faults, 'hex')];
  const words = ['shidang audit block 1', service, before, sequence, form, opening, at, rows, total, first, ...content];
  return digest('sha256', JSON.stringify(words), 'hex');
}

/** What a head's signature is over. */
export const headWords = (service: string, { sequence, rows, total, first, at, hash }: AuditHead): string =>
  JSON.stringify(['shidang audit head 1', service, sequence, rows, total, first, at, hash]);

export const headOf = ({ sequence, rows, total, first, at, hash, signature }: AuditHead): AuditHead => ({
  sequence,
  rows,
  total,
  first,
  at,
  hash,
  signature,
});

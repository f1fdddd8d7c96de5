export const flawKinds = [
  'changed',
  'deleted',
  'inserted',
  'forged',
  'missing',
  'moved',
  'seal',
  'signature',
  'gap',
  'tail',
  'other-head',
  'head',
  'untold',
] as const;

/**
 * - changed: not the row that was sealed here · deleted: sealed, and gone · inserted: never queued by its service
 * - forged, missing: so when it was to be sealed · moved: out of the order of ids
 * - seal: the block is not what its hash says · signature: not signed by the service · gap: a block is gone
 * - tail: a head is known outside, the chain ends before · other-head: outside another hash is known
 * - head: what is kept outside was changed · untold: not known outside though older than a minute
 */
export type FlawKind = (typeof flawKinds)[number];

export interface Flaw {
  why: FlawKind;
  /** Block. */
  sequence: number;
  /** Place in the block, from 0. Absent: the whole block, or a row that has no place. */
  ordinal?: number;
  /** The row; of a flaw of a whole block its first one. */
  row?: string;
  /** When the row is gone from the seal too: the one before it. */
  after?: string;
  /** Who knows otherwise: `file`, or the service that keeps the heads. */
  by?: string;
}

const kept = 50;
const last = Number.MAX_SAFE_INTEGER;
/** In a block the flaws that name a place come first. */
const before = (a: Flaw, b: Flaw): number => a.sequence - b.sequence || (a.ordinal ?? last) - (b.ordinal ?? last);

/** The first flaws in the order of the chain, however many there are. */
export class Flaws {
  private found: Flaw[] = [];
  count = 0;

  add(flaw: Flaw): void {
    this.count += 1;
    this.found.push(flaw);
    if (this.found.length > 20 * kept) this.found = this.first();
  }

  first(): Flaw[] {
    return this.found.sort(before).slice(0, kept);
  }
}

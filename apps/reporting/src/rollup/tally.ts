import { ancestorsOf } from '@shidang/access';
import type { Sql } from '@shidang/persistence';

/** What is counted per organisation: `status:draft`, `accounts-issued:teacher`, `head-count`, `schools` … */
export type Measure =
  | `status:${string}`
  | `accounts-issued:${string}`
  | `accounts-activated:${string}`
  | 'head-count'
  | 'schools'
  | 'schools-declared'
  | 'schools-confirmed';

export interface Change {
  readonly orgPath: string;
  readonly parent: string;
  readonly measure: Measure;
  readonly category: string;
  readonly n: number;
}

export const parentOf = (path: string): string => ancestorsOf(path).at(-1) ?? '';

/**
 * Changes of counts, summed by organisation and measure before anything is written, for the organisation and every
 * tier above it. A batch that moves a thousand teachers of one school from draft to complete writes two rows per tier.
 */
export class Tally {
  private readonly sums = new Map<string, Change>();

  add(orgPath: string, measure: Measure, category: string, n: number): void {
    if (n === 0) return;
    for (const path of [...ancestorsOf(orgPath), orgPath]) this.addAt(path, measure, category, n);
  }

  /** In the order rows are touched, so that two writers cannot wait for each other in a circle. Zeros fall out. */
  changes(): Change[] {
    return [...this.sums.values()].filter((change) => change.n !== 0).sort(byPath);
  }

  /** Locks come in path order: `insert … select … order by`. */
  async write(sql: Sql): Promise<void> {
    const changes = this.changes();
    if (changes.length === 0) return;
    await sql(
      `insert into rollup (org_path, parent, measure, category, n)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])
       on conflict (org_path, measure, category) do update set n = rollup.n + excluded.n`,
      [
        changes.map((c) => c.orgPath),
        changes.map((c) => c.parent),
        changes.map((c) => c.measure),
        changes.map((c) => c.category),
        changes.map((c) => c.n),
      ],
      'rollup-write',
    );
  }

  clear(): void {
    this.sums.clear();
  }

  /** At this organisation alone. */
  addAt(orgPath: string, measure: Measure, category: string, n: number): void {
    const key = `${orgPath}|${measure}|${category}`;
    const before = this.sums.get(key)?.n ?? 0;
    this.sums.set(key, { orgPath, parent: parentOf(orgPath), measure, category, n: before + n });
  }
}

/** NUL sorts before everything a path holds: byte order of the path first, as the database orders it. */
const orderOf = (change: Change): string => `${change.orgPath}\0${change.measure}\0${change.category}`;

function byPath(one: Change, other: Change): number {
  const [a, b] = [orderOf(one), orderOf(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

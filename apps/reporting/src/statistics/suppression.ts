/** `small`: below the threshold itself; `complement`: hidden so that a small one cannot be computed from the totals. */
export type Hidden = 'small' | 'complement';

export interface Shown {
  readonly n: number;
  readonly hidden?: Hidden;
}

/** The table with a last row and a last column of totals. */
export type ShownTable = readonly (readonly Shown[])[];

/** Cells of one to four people are not shown outside the own school (工作方案 五(六)); nobody is nobody's secret. */
export const threshold = 5;

const isSmall = (n: number): boolean => n > 0 && n < threshold;

/** Totals appended: the last column sums each row, the last row each column. */
export function withTotals(counts: readonly (readonly number[])[]): number[][] {
  const rows = counts.map((row) => [...row, sum(row)]);
  const width = (counts[0]?.length ?? 0) + 1;
  const totals = Array.from({ length: width }, (_, column) => sum(rows.map((row) => row[column]!)));
  return [...rows, totals];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** Counts move round a path one way or the other. */
type Way = 1 | -1;
const ways: readonly Way[] = [1, -1];

interface Step {
  readonly row: number;
  readonly column: number;
  /** Nothing for a cell that is hidden already. */
  readonly cost: number;
}

/**
 * Which cells of a table with totals stay hidden. A hidden cell is safe when some other table fits everything that is
 * shown: counts can be moved by one around a closed path of hidden cells without a shown total changing and without a
 * hidden cell leaving what its mark says of it (small: 1–4, complement: 5 and more). Where no such path exists, the
 * cheapest one is hidden too. Totals take part like every other cell.
 */
class Table {
  private readonly hidden: (Hidden | undefined)[][];

  constructor(private readonly counts: readonly (readonly number[])[]) {
    this.hidden = counts.map((row) => row.map((n) => (isSmall(n) ? 'small' : undefined)));
  }

  suppressed(): ShownTable {
    for (const [row, line] of this.counts.entries())
      for (const [column, n] of line.entries()) if (isSmall(n)) this.protect(row, column);
    return this.counts.map((line, row) =>
      line.map((n, column) => ({ n, ...(this.hidden[row]![column] ? { hidden: this.hidden[row]![column] } : {}) })),
    );
  }

  /** Both ways round are tried; the cheaper path is hidden. Most small cells are safe by others that are hidden anyway. */
  private protect(row: number, column: number): void {
    if (ways.some((by) => this.cheapestWay(row, column, by, 'hidden'))) return;
    const paths = ways.map((by) => this.cheapestWay(row, column, by, 'any')).filter((path) => path !== undefined);
    const [best] = paths.sort((one, other) => costOf(one) - costOf(other));
    for (const step of best ?? this.everything()) this.hidden[step.row]![step.column] ??= 'complement';
  }

  /** Should no path exist at all, nothing but the zeros is left to be shown. */
  private everything(): Step[] {
    return this.counts.flatMap((line, row) => line.flatMap((n, column) => (n > 0 ? [{ row, column, cost: 0 }] : [])));
  }

  /** Totals count against their line: in signed numbers every line sums to zero, and one rule holds for all cells. */
  private sign(row: number, column: number): 1 | -1 {
    const total = (row === this.counts.length - 1) !== (column === this.counts[0]!.length - 1);
    return total ? -1 : 1;
  }

  /** May the cell, in signed numbers, go up (1) or down (-1) by one as far as anybody outside can know? */
  private mayMove(row: number, column: number, by: Way): boolean {
    const n = this.counts[row]![column]!;
    if (n === 0) return false;
    const moved = n + by * this.sign(row, column);
    return isSmall(n) ? isSmall(moved) : moved >= threshold;
  }

  private costOf(row: number, column: number): number {
    if (this.hidden[row]![column]) return 0;
    const total = row === this.counts.length - 1 || column === this.counts[0]!.length - 1;
    return this.counts[row]![column]! + (total ? 1_000_000 : 1);
  }

  /**
   * The cell moves by `by`; its column must be set right by another cell of it, that one's row again, and so on, until
   * the cell's own row is reached. Dijkstra over rows and columns.
   */
  private cheapestWay(row: number, column: number, by: Way, through: 'hidden' | 'any'): Step[] | undefined {
    if (!this.mayMove(row, column, by)) return undefined;
    const width = this.counts[0]!.length;
    const columnNode = (c: number) => this.counts.length + c;
    const distance = new Map([[columnNode(column), 0]]);
    const cameBy = new Map<number, { from: number; step: Step }>();
    const open = new Set(distance.keys());
    while (open.size > 0) {
      const node = [...open].reduce((near, other) => (distance.get(other)! < distance.get(near)! ? other : near));
      if (node === row) return this.pathTo(row, columnNode(column), cameBy);
      open.delete(node);
      const inColumn = node >= this.counts.length;
      const others = inColumn ? this.counts.length : width;
      for (let i = 0; i < others; i++) {
        const [r, c] = inColumn ? [i, node - this.counts.length] : [node, i];
        // a column is set right against the move, a row with it
        const move = inColumn ? (-by as Way) : by;
        if (through === 'hidden' && !this.hidden[r]![c]) continue;
        if ((r === row && c === column) || !this.mayMove(r, c, move)) continue;
        const step = { row: r, column: c, cost: this.costOf(r, c) };
        const next = inColumn ? r : columnNode(c);
        const reached = distance.get(node)! + step.cost;
        if (reached >= (distance.get(next) ?? Infinity)) continue;
        distance.set(next, reached);
        cameBy.set(next, { from: node, step });
        open.add(next);
      }
    }
    return undefined;
  }

  private pathTo(end: number, start: number, cameBy: ReadonlyMap<number, { from: number; step: Step }>): Step[] {
    const steps: Step[] = [];
    for (let node = end; node !== start; node = cameBy.get(node)!.from) steps.push(cameBy.get(node)!.step);
    return steps;
  }
}

const costOf = (path: readonly Step[]): number => sum(path.map((step) => step.cost));

/** Counts with totals and what must not be shown of them to somebody outside the school. */
export const suppress = (counts: readonly (readonly number[])[]): ShownTable =>
  new Table(withTotals(counts)).suppressed();

/** Everything is shown: inside the own school. */
export const unsuppressed = (counts: readonly (readonly number[])[]): ShownTable =>
  withTotals(counts).map((row) => row.map((n) => ({ n })));

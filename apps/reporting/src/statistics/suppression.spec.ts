import * as fc from 'fast-check';
import { suppress, unsuppressed, withTotals, type ShownTable } from './suppression';

const marks = (table: ShownTable) =>
  table.map((row) => row.map((cell) => (cell.hidden ? { small: '<5', complement: '*' }[cell.hidden] : cell.n)));

/** Every value a hidden cell may have, as far as its mark says; the attacker's range is cut for the sake of time. */
function valuesOf(cell: { n: number; hidden?: string }): number[] {
  if (!cell.hidden) return [cell.n];
  if (cell.hidden === 'small') return [1, 2, 3, 4];
  return [-2, -1, 0, 1, 2].map((by) => cell.n + by).filter((n) => n >= 5);
}

/** Does the mark or the number of each total fit the interior? */
function fits(shown: ShownTable, interior: readonly (readonly number[])[]): boolean {
  return withTotals(interior).every((row, r) =>
    row.every((n, c) => {
      const cell = shown[r]![c]!;
      if (!cell.hidden) return n === cell.n;
      return cell.hidden === 'small' ? n >= 1 && n <= 4 : n >= 5;
    }),
  );
}

/** All tables an outsider could believe in: a naive search that shares nothing with the code under test. */
function believable(shown: ShownTable): number[][][] {
  const interior = shown.slice(0, -1).map((row) => row.slice(0, -1));
  const cells = interior.flat();
  let tables: number[][] = [[]];
  for (const cell of cells) tables = tables.flatMap((begun) => valuesOf(cell).map((n) => [...begun, n]));
  const width = interior[0]!.length;
  return tables
    .map((flat) => interior.map((_, r) => flat.slice(r * width, (r + 1) * width)))
    .filter((table) => fits(shown, table));
}

describe('small cells (工作方案 五(六))', () => {
  test('one to four are shown as <5, none as 0', () => {
    expect(marks(suppress([[0, 12, 30]]))).toEqual([
      [0, 12, 30, 42],
      [0, 12, 30, 42],
    ]);
  });

  test('a single small cell is not left to be computed from its totals', () => {
    const shown = marks(
      suppress([
        [3, 12, 30],
        [9, 20, 40],
      ]),
    );
    expect(shown[0]![0]).toBe('<5');
    expect(shown.flat().filter((cell) => cell === '*').length).toBeGreaterThanOrEqual(3);
  });

  test('totals below five are hidden like any other cell', () => {
    expect(
      marks(
        suppress([
          [1, 1],
          [0, 20],
        ]),
      )[0]![2],
    ).toBe('<5');
  });

  test('a table of one cell hides its totals with it', () => {
    expect(marks(suppress([[3]]))).toEqual([
      ['<5', '<5'],
      ['<5', '<5'],
    ]);
  });

  test('inside the own school everything is shown', () => {
    expect(marks(unsuppressed([[1, 2]]))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test('without small cells nothing is hidden', () => {
    const large = fc.integer({ min: 5, max: 99 });
    fc.assert(
      fc.property(fc.array(fc.tuple(large, large, fc.constant(0)), { minLength: 1, maxLength: 5 }), (counts) => {
        expect(marks(suppress(counts))).toEqual(withTotals(counts));
      }),
    );
  });

  test('no small cell can be computed from what is shown', () => {
    const count = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 12 }));
    const small = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .filter(([r, c]) => r * c <= 6);
    const table = small.chain(([r, c]) =>
      fc.array(fc.array(count, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
    );
    fc.assert(
      fc.property(table, (counts) => {
        const shown = suppress(counts);
        const tables = believable(shown);
        for (const [r, row] of counts.entries())
          for (const [c, n] of row.entries())
            if (shown[r]![c]!.hidden === 'small') expect(tables.some((other) => other[r]![c] !== n)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a county of 150 schools is protected in no time', () => {
    const counts = Array.from({ length: 150 }, (_, r) => Array.from({ length: 12 }, (_, c) => (r * 7 + c * 5) % 13));
    const started = performance.now();
    expect(marks(suppress(counts)).flat()).toContain('<5');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

import * as fc from 'fast-check';
import { Tally } from './tally';

const school = '0.33.3311.331102.2133001234.';

describe('the roll-up (工作方案 五(四))', () => {
  test('a change counts for the organisation and every tier above it', () => {
    const tally = new Tally();
    tally.add(school, 'status:draft', 'primarySecondary', 1);
    expect(tally.changes().map((c) => [c.orgPath, c.parent, c.n])).toEqual([
      ['0.', '', 1],
      ['0.33.', '0.', 1],
      ['0.33.3311.', '0.33.', 1],
      ['0.33.3311.331102.', '0.33.3311.', 1],
      [school, '0.33.3311.331102.', 1],
    ]);
  });

  test('what cancels out is not written', () => {
    const tally = new Tally();
    tally.add(school, 'status:draft', 'primarySecondary', 3);
    tally.add(school, 'status:draft', 'primarySecondary', -3);
    expect(tally.changes()).toEqual([]);
  });

  test('rows are touched in byte order of their paths', () => {
    const paths = fc.array(fc.constantFrom(school, '0.33.3311.2133001999.', '0.33.3311.331121.2133000001.', '0.11.'));
    fc.assert(
      fc.property(paths, (visited) => {
        const tally = new Tally();
        for (const path of visited) tally.add(path, 'schools', '', 1);
        const order = tally.changes().map((c) => c.orgPath);
        expect(order).toEqual([...order].sort((a, b) => (a < b ? -1 : 1)));
        expect(tally.changes()[0]?.n ?? 0).toBe(visited.length);
      }),
    );
  });
});

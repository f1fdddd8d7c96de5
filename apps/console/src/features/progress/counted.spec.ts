import { rankedOf } from './counted';

const columns = [
  { key: 'draft', turn: 'teacher', figures: ['registered', 'entered'] },
  { key: 'effective', turn: 'nobody', figures: ['registered', 'entered', 'effective'] },
  { key: 'unregistered', turn: 'school', figures: ['unregistered'] },
] as const;
const answer = (items: { code: string; headCount?: number; counts: number[] }[]) =>
  ({ columns, items: items.map((item) => ({ name: item.code, overdue: false, ...item })) }) as never;

describe('a document of counts', () => {
  it('sums columns as the legend says', () => {
    const [school] = rankedOf(answer([{ code: '1', headCount: 10, counts: [3, 5, 2] }]));
    expect(school!.figures).toEqual({ registered: 8, entered: 8, effective: 5, unregistered: 2 });
    expect(school!.turns).toEqual([
      { turn: 'teacher', n: 3 },
      { turn: 'nobody', n: 5 },
      { turn: 'school', n: 2 },
    ]);
  });

  it('ranks by share of the declared, who declared nothing last however many are effective', () => {
    const ranked = rankedOf(
      answer([
        { code: '1', counts: [0, 99, 0] },
        { code: '2', headCount: 10, counts: [0, 5, 5] },
        { code: '3', headCount: 4, counts: [0, 4, 0] },
        { code: '4', headCount: 0, counts: [0, 7, 0] },
      ]),
    );
    expect(ranked.map(({ code }) => code)).toEqual(['3', '2', '4', '1']);
  });
});

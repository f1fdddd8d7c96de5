import { confirmedIn, contentTag } from './confirmations';

const rows = [
  { id: 'a', version: 1 },
  { id: 'b', version: 3 },
];
const confirmed = confirmedIn({ work: { at: '2026-11-28T10:00:00.000Z', tag: contentTag(rows) } }, '2026');

describe('a confirmed section', () => {
  it('stays confirmed whatever the order of its rows', () => {
    expect(confirmed('work', [...rows].reverse())).toBe('2026-11-28T10:00:00.000Z');
  });

  it('is not when a row changed, came or went, or in another section', () => {
    expect(confirmed('work', [{ id: 'a', version: 2 }, rows[1]!])).toBeUndefined();
    expect(confirmed('work', rows.slice(1))).toBeUndefined();
    expect(confirmed('education', rows)).toBeUndefined();
  });

  it('is asked again in the next year', () => {
    const next = confirmedIn({ work: { at: '2026-11-28T10:00:00.000Z', tag: contentTag(rows) } }, '2027');
    expect(next('work', rows)).toBeUndefined();
  });
});

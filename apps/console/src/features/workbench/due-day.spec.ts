import { byDueDay, daysUntil } from './due-day';

describe('what is to be done', () => {
  it('stands by due day, what has none last', () => {
    const days = [{}, { dueOn: '2026-12-10' }, { dueOn: '2026-11-30' }].sort(byDueDay).map(({ dueOn }) => dueOn);
    expect(days).toEqual(['2026-11-30', '2026-12-10', undefined]);
  });

  it.each([
    ['2026-11-24', 0],
    ['2026-12-01', 7],
    ['2026-11-20', -4],
  ])('%s is %i days from the 24th', (day, days) => expect(daysUntil(day, '2026-11-24')).toBe(days));
});

import { byDueDay, daysUntil, type Todo } from './todo';

const due = (dueOn?: string): Todo => ({ key: 'review', count: 1, to: '/review', dueOn });

describe('what is to be done', () => {
  it('stands by due day, what has none last', () => {
    const days = [due(), due('2026-12-10'), due('2026-11-30')].sort(byDueDay).map(({ dueOn }) => dueOn);
    expect(days).toEqual(['2026-11-30', '2026-12-10', undefined]);
  });

  it('counts days in China, wherever the machine is', () => {
    const evening = new Date('2026-11-23T17:00:00Z');
    expect([
      daysUntil('2026-11-24', evening),
      daysUntil('2026-11-30', evening),
      daysUntil('2026-11-20', evening),
    ]).toEqual([0, 6, -4]);
  });
});

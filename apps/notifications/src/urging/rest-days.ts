/**
 * Days on which nobody is urged: Saturdays, Sundays and public holidays, except the days worked instead. Data of 国务院办公厅's
 * yearly notice; for a year that is not here weekends and the holidays of fixed date hold. Exchange, do not compute.
 */
interface Year {
  readonly off: readonly string[];
  /** Weekend days that are worked instead of a bridge day. */
  readonly worked: readonly string[];
}

const span = (month: number, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${two(month)}-${two(from + at)}`);
const two = (n: number): string => String(n).padStart(2, '0');

const years: Readonly<Record<string, Year>> = {
  '2026': {
    off: [
      ...[...span(1, 1, 3), ...span(2, 15, 23), ...span(4, 4, 6), ...span(5, 1, 5)],
      ...[...span(6, 19, 21), ...span(9, 25, 27), ...span(10, 1, 7)],
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

/** 元旦、劳动节、国庆节: the same every year. */
const fixed: Year = { off: ['01-01', ...span(5, 1, 2), ...span(10, 1, 3)], worked: [] };

/** `day` as `YYYY-MM-DD`, in China. */
export function isRestDay(day: string): boolean {
  const [year = '', monthAndDay] = [day.slice(0, 4), day.slice(5)];
  const known = years[year] ?? fixed;
  if (known.off.includes(monthAndDay)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return (weekday === 0 || weekday === 6) && !known.worked.includes(monthAndDay);
}

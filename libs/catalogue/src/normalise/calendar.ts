const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** A day that exists in the Gregorian calendar, 1900–2199. */
export function isRealDay(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 && isLeap(year) ? 29 : (daysInMonth[month - 1] ?? 0));
}

export const isRealMonth = (year: number, month: number): boolean => isRealDay(year, month, 1);

const two = (n: number) => String(n).padStart(2, '0');

export const dayText = (year: number, month: number, day: number) => `${year}-${two(month)}-${two(day)}`;
export const monthText = (year: number, month: number) => `${year}-${two(month)}`;

/** `YYYY-MM-DD` of a day that exists. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && isRealDay(+text.slice(0, 4), +text.slice(5, 7), +text.slice(8, 10));

export const isMonth = (text: string): boolean =>
  /^\d{4}-\d\d$/.test(text) && isRealMonth(+text.slice(0, 4), +text.slice(5, 7));

export const isYear = (text: string): boolean => /^(19|20|21)\d\d$/.test(text);

/** Days, months and years of different precision compare by what they share: 2016-09-15 is not after 2016-09. */
export function comparePeriods(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  const x = a.slice(0, shared);
  const y = b.slice(0, shared);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The same day n years later (29 February becomes 28). */
export function yearsAfter(text: string, years: number): string {
  const moved = `${String(+text.slice(0, 4) + years).padStart(4, '0')}${text.slice(4)}`;
  return moved.length === 10 && !isDay(moved) ? `${moved.slice(0, 8)}28` : moved;
}

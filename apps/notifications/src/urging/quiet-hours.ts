import { isRestDay } from './rest-days';

const hour = 3_600_000;
const china = 8 * hour;

export const dayInChina = (now: Date): string => new Date(now.getTime() + china).toISOString().slice(0, 10);

/** `2016-02-30` has the form of a day and is none. */
export function isRealDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === day;
}

/** The first moment after this day, in China. */
export const endOfDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) + 24 * hour - china);

export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** `20-8`; undefined when switched off. */
export function quietHoursOf(setting: string): QuietHours | undefined {
  if (setting === 'off') return undefined;
  const [from = 20, to = 8] = setting.split('-').map(Number);
  return { from, to };
}

const isQuietHour = ({ from, to }: QuietHours, at: number): boolean =>
  from <= to ? at >= from && at < to : at >= from || at < to;

/** Now, or the first moment people are at work again: hours are checked one by one, at most over the longest holiday. */
export function deliveryFrom(now: Date, quiet: QuietHours | undefined): Date {
  if (!quiet) return now;
  const disturbs = (moment: Date) => {
    const local = new Date(moment.getTime() + china);
    return isRestDay(local.toISOString().slice(0, 10)) || isQuietHour(quiet, local.getUTCHours());
  };
  if (!disturbs(now)) return now;
  const next = new Date(Math.floor(now.getTime() / hour) * hour + hour);
  for (let hours = 0; hours < 24 * 30; hours++) {
    const moment = new Date(next.getTime() + hours * hour);
    if (!disturbs(moment)) return moment;
  }
  return next;
}

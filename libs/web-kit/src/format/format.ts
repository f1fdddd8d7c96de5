import { language } from '../words/language';

const zone = 'Asia/Shanghai';

function parts(iso: string | Date, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const moment = typeof iso === 'string' ? new Date(iso) : iso;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...options });
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
}

const dayOptions = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** `2016-11-23`, in China: the day officials mean, wherever the browser is. */
export function formatDay(iso: string | Date | undefined): string {
  if (!iso) return '';
  if (typeof iso === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  const { year, month, day } = parts(iso, dayOptions);
  return `${year}-${month}-${day}`;
}

/** `2016-11-23 14:05`, in China. */
export function formatMoment(iso: string | Date | undefined): string {
  if (!iso) return '';
  const { year, month, day, hour, minute } = parts(iso, { ...dayOptions, hour: '2-digit', minute: '2-digit' });
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** `14:05`, in China. */
export function formatTime(iso: string | Date): string {
  const { hour, minute } = parts(iso, { hour: '2-digit', minute: '2-digit' });
  return `${hour}:${minute}`;
}

/** `2016年11月` or `2016-11`. */
export function formatMonth(month: string): string {
  const [year, number] = month.split('-');
  return language() === 'en' ? month : `${year}年${Number(number)}月`;
}

export const formatNumber = (value: number): string => value.toLocaleString('en-US');

/** `83.5 %`; nothing when there is nothing to divide by. */
export const formatRate = (part: number, whole: number): string => (whole <= 0 ? '—' : formatShare(part / whole));

/** `0.835` → `83.5 %`. What is not complete never reads 100 %, what has begun never 0 %. */
export function formatShare(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const percent = share < 1 ? Math.min(Math.max(share * 100, 0.1), 99.9) : share * 100;
  return `${percent.toFixed(1)} %`;
}

const dayMilliseconds = 24 * 3600 * 1000;

/** Whole days between a moment and now. */
export const daysSince = (iso: string, now = Date.now()): number =>
  Math.max(0, Math.floor((now - Date.parse(iso)) / dayMilliseconds));

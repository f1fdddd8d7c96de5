/** Due days are days in China, whatever the clock of the machine is set to. */
export const dayInChina = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

export const monthInChina = (now: Date): string => dayInChina(now).slice(0, 7);

/** `2016-02-30` has the form of a day and is none. */
export function isRealDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === day;
}

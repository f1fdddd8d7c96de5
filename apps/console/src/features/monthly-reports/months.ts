/** `YYYY-MM` of now in China. */
export const monthNow = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

export const isMonth = (text: string | undefined): text is string => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '');

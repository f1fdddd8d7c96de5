const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** `YYYY-MM-DD` where the schools are: one time zone in the whole country. */
export const today = (now: Date = new Date()): string => day.format(now);

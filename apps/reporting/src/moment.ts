/** Raw SQL gives moments as PostgreSQL writes them (`2016-11-01 08:00:00.5+00`), not as Date. */
export type Moment = string;

export const isoOf = (moment: Moment): string => new Date(moment).toISOString();

/** A moment out of raw SQL: a column gives a Date, JSON built in SQL gives text. */
export type Moment = Date | string;

export const dateOf = (moment: Moment): Date => new Date(moment);
export const isoOf = (moment: Moment): string => dateOf(moment).toISOString();
export const isoOrNone = (moment: Moment | null): string | undefined => (moment === null ? undefined : isoOf(moment));

/** A `timestamptz` of a raw row: text on the ORM's connections. */
export type Moment = string | Date;

/** RFC 3339 as the contracts carry it. */
export const isoOf = (moment: Moment): string => new Date(moment).toISOString();
export const isoOrNone = (moment: Moment | null): string | undefined => (moment === null ? undefined : isoOf(moment));

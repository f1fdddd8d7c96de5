interface Due {
  readonly dueOn?: string;
}

const orderOf = ({ dueOn }: Due): string => dueOn ?? '9999';

/** What is due first stands first; what has no day stands last. */
export const byDueDay = (one: Due, other: Due): number =>
  orderOf(one) < orderOf(other) ? -1 : orderOf(one) > orderOf(other) ? 1 : 0;

const dayMilliseconds = 86_400_000;

/** Whole days from `today` to that day, both `YYYY-MM-DD`; negative when it is over. */
export const daysUntil = (day: string, today: string): number =>
  Math.round((Date.parse(day) - Date.parse(today)) / dayMilliseconds);

export type CellValue = number | string | boolean | null;

/** The API leaves the kind of a value open: it follows from the type of its cell. */
export const valueOf = (value: unknown): CellValue =>
  typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;

/** Properties put where they do not belong. */
export interface Planting {
  readonly place: {
    /** JSON pointer of the object they were put into. */
    readonly pointer: string;
    /** What the schema has there. */
    readonly known: readonly string[];
  };
  readonly at: Record<string, unknown>;
  readonly surplus: readonly string[];
}

const refusing = new Set(['request.unknown_property', 'request.forbidden_key']);

/**
 * Of the planted properties those that the answer does not refuse by name. An answer that took the request, or that was
 * refused for another reason alone, names none.
 */
export function surplusNamed({ place, surplus }: Planting, status: number, body: Record<string, unknown>): string[] {
  if (status !== 400) return [...surplus];
  const errors = (body['errors'] ?? []) as { pointer?: string; code?: string }[];
  const named = new Set(errors.filter(({ code }) => refusing.has(code ?? '')).map(({ pointer }) => pointer));
  return surplus.filter((name) => !named.has(`${place.pointer}/${name}`));
}

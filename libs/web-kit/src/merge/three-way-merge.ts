type Fields = Readonly<Record<string, unknown>>;

/** A field that both sides changed, differently: a human decides. */
export interface MergeConflict {
  readonly key: string;
  readonly base: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

export interface Merged {
  /** Everything one side alone changed; conflicting fields stand as mine until they are decided. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly conflicts: readonly MergeConflict[];
  /** Fields somebody else changed meanwhile and I did not touch: taken over, and shown as such. */
  readonly taken: readonly string[];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const textOf = (value: unknown) => (isEmpty(value) ? '' : JSON.stringify(value));
const same = (a: unknown, b: unknown) => textOf(a) === textOf(b);

/**
 * What was opened, what lies at the server now, and what I have typed. An empty value equals a missing one, so
 * emptying a field is a change like any other.
 */
export function threeWayMerge(base: Fields, theirs: Fields, mine: Fields): Merged {
  const values: Record<string, unknown> = {};
  const conflicts: MergeConflict[] = [];
  const taken: string[] = [];
  for (const key of new Set([...Object.keys(base), ...Object.keys(theirs), ...Object.keys(mine)])) {
    const [was, their, my] = [base[key], theirs[key], mine[key]];
    const theyChanged = !same(was, their);
    const iChanged = !same(was, my);
    if (theyChanged && iChanged && !same(their, my)) conflicts.push({ key, base: was, theirs: their, mine: my });
    if (theyChanged && !iChanged) taken.push(key);
    const value = iChanged ? my : their;
    if (!isEmpty(value)) values[key] = value;
  }
  return { values, conflicts, taken };
}

import { differingKeys, type SubmittedContent } from './content';

/**
 * What a submission touches, as codes: the values a change is about, the sections an addition adds to, the values mended
 * since the submission it takes the place of. Nothing for a whole first record, where everything is new.
 */
export function touchedParts(
  kind: 'first' | 'addition' | 'change',
  content: SubmittedContent,
  last?: SubmittedContent,
): string[] {
  if (kind === 'change') return unique(content.changes.map(({ section, indicator }) => `${section}.${indicator}`));
  if (!last) return kind === 'first' ? [] : unique(content.entries.map(({ section }) => section));
  const before = new Map(last.entries.map((each) => [each.id, each]));
  const mended = content.entries.flatMap(({ id, section, values }) => {
    const known = before.get(id);
    return known ? differingKeys(known.values, values).map((key) => `${section}.${key}`) : [section];
  });
  const here = new Set(content.entries.map(({ id }) => id));
  const removed = last.entries.filter(({ id }) => !here.has(id)).map(({ section }) => section);
  return unique([...mended, ...removed]).slice(0, most);
}

/** More than that is a new record to whoever reviews it. */
const most = 12;

const unique = (parts: string[]): string[] => [...new Set<string>(parts)].sort();

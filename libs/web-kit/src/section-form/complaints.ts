import {
  findIndicator,
  indicatorsFor,
  normalise,
  rowViolations,
  type Fix,
  type Severity,
  type Values,
  type Violation,
  type Words,
} from '@shidang/catalogue';
import type { SectionDraft } from './section-draft';

/** What is wrong at a field, in words that say how to mend it: the server would say the very same. */
export interface Complaint {
  readonly key: string | undefined;
  readonly code: string;
  readonly severity: Severity;
  readonly words: Words;
  /** Stops a save. What is only missing, or was wrong before, does not: a draft may be unfinished. */
  readonly blocks: boolean;
  readonly fix?: Fix;
}

const sameHit = (a: Violation) => (b: Violation) => a.code === b.code && a.field === b.field;

const violationsOf = (
  { section, category }: SectionDraft,
  values: Values,
  today: string,
  unknown: readonly string[],
): readonly Violation[] => rowViolations(section, values, category, { today, reported: new Set(unknown) });

function unreadable(draft: SectionDraft): Complaint[] {
  return Object.entries(draft.unread).flatMap(([key, raw]): Complaint[] => {
    const indicator = findIndicator(draft.section, key);
    const read = indicator && normalise(indicator, raw, draft.category);
    if (!indicator || !read || !('code' in read)) return [];
    const words = { zh: `${indicator.zhName}：${read.words.zh}`, en: `${indicator.en}: ${read.words.en}` };
    return [{ key, code: read.code, severity: 'error', words, blocks: true, ...(read.fix && { fix: read.fix }) }];
  });
}

/** Everything wrong with the row, in the order of its fields. */
export function complaintsOf(draft: SectionDraft, today: string): Complaint[] {
  const before = violationsOf(draft, draft.base, today, draft.masks);
  const found = violationsOf(draft, draft.values, today, [...draft.hidden, ...Object.keys(draft.unread)]).map(
    (each): Complaint => {
      const isNew = !before.some(sameHit(each));
      return {
        key: each.field,
        code: each.code,
        severity: each.severity,
        words: each.words,
        blocks: each.severity === 'error' && each.code !== 'required' && isNew,
        ...(each.fix && { fix: each.fix }),
      };
    },
  );
  const order = new Map(indicatorsFor(draft.section, draft.category).map(({ key }, index) => [key, index]));
  const place = ({ key }: Complaint) => order.get(key ?? '') ?? order.size;
  return [...unreadable(draft), ...found].sort((a, b) => place(a) - place(b));
}

export const blocking = (complaints: readonly Complaint[]): Complaint[] => complaints.filter((each) => each.blocks);

import { useMemo, useState } from 'react';
import type { FieldRow, MarkedValue } from './case-rows';

export type Reason = MarkedValue['reason'];
export const reasons: readonly Reason[] = ['wrong', 'missing', 'unclear', 'evidence', 'other'];

/** A mark while it is made: the field with its name, the coded reason, the words; words that were not touched follow the reason. */
export interface MakingMark {
  readonly id: string;
  readonly label: string;
  readonly mark: MarkedValue;
  readonly touched: boolean;
}

const keyOf = (caseId: string) => `shidang.marks.${caseId}`;

/** What this tab kept; whatever is no mark any more is left out. */
export function keptMarks(caseId: string): readonly MakingMark[] {
  try {
    const found: unknown = JSON.parse(globalThis.sessionStorage?.getItem(keyOf(caseId)) ?? '[]');
    return Array.isArray(found) ? found.filter(isMark) : [];
  } catch {
    return [];
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isMark(found: unknown): found is MakingMark {
  const { id, label, mark, touched } = (found ?? {}) as Partial<MakingMark>;
  const { section, entryId, indicator, reason, words } = (mark ?? {}) as Partial<MarkedValue>;
  const texts = [id, label, section, words];
  const optional = [entryId, indicator];
  return (
    texts.every(isText) &&
    optional.every((each) => each === undefined || isText(each)) &&
    reasons.some((each) => each === reason) &&
    typeof touched === 'boolean'
  );
}

function keep(caseId: string, marks: readonly MakingMark[]): void {
  try {
    if (marks.length > 0) globalThis.sessionStorage?.setItem(keyOf(caseId), JSON.stringify(marks));
    else globalThis.sessionStorage?.removeItem(keyOf(caseId));
  } catch {
    // a tab that keeps nothing loses marks on a reload, and nothing else
  }
}

/** Marks by case: leaving a case and coming back keeps them, and so does a reload of this tab; a log-out forgets them (`forgetWork`). */
export function useMarks(caseId: string | undefined, wordsFor: (reason: Reason) => string) {
  const [all, setAll] = useState<ReadonlyMap<string, readonly MakingMark[]>>(new Map());
  const before = useMemo(() => (caseId ? keptMarks(caseId) : []), [caseId]);
  const marks = (caseId && all.get(caseId)) || before;
  const put = (next: readonly MakingMark[]) => {
    if (!caseId) return;
    keep(caseId, next);
    setAll((now) => new Map(now).set(caseId, next));
  };
  return {
    marks,
    isMarked: (id: string) => marks.some((each) => each.id === id),
    toggle: ({ id, label, section, entryId, indicator }: FieldRow) => {
      if (marks.some((each) => each.id === id)) put(marks.filter((each) => each.id !== id));
      else
        put([
          ...marks,
          {
            id,
            label,
            mark: { section, entryId, indicator, reason: 'wrong', words: wordsFor('wrong') },
            touched: false,
          },
        ]);
    },
    remove: (id: string) => put(marks.filter((each) => each.id !== id)),
    setReason: (id: string, reason: Reason) =>
      put(
        marks.map((each) => {
          if (each.id !== id) return each;
          const words = each.touched ? each.mark.words : wordsFor(reason);
          return { ...each, mark: { ...each.mark, reason, words } };
        }),
      ),
    setWords: (id: string, words: string) =>
      put(marks.map((each) => (each.id === id ? { ...each, touched: true, mark: { ...each.mark, words } } : each))),
    clear: (of: string) => {
      keep(of, []);
      setAll((now) => new Map(now).set(of, []));
    },
  };
}

export type Marks = ReturnType<typeof useMarks>;

import { useState } from 'react';
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

/** Marks by case: leaving a case and coming back keeps them. */
export function useMarks(caseId: string | undefined, wordsFor: (reason: Reason) => string) {
  const [all, setAll] = useState<ReadonlyMap<string, readonly MakingMark[]>>(new Map());
  const marks = (caseId && all.get(caseId)) || [];
  const put = (next: readonly MakingMark[]) => {
    if (caseId) setAll((now) => new Map(now).set(caseId, next));
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
    clear: (of: string) => setAll((now) => new Map([...now].filter(([each]) => each !== of))),
  };
}

export type Marks = ReturnType<typeof useMarks>;

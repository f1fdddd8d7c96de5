import { useCallback } from 'react';
import { defineWords, useWords } from '../words/define-words';

const texts = {
  check: ['核对信息', 'Checking the record'],
  contact: ['联系本人', 'Contacting the teacher'],
  paper: ['与纸质材料比对', 'Comparing with papers'],
  own: ['本人查看', 'Looked at by the teacher'],
} as const;

export const purposeWords = defineWords('purposes', texts);

export type Purpose = keyof typeof texts;

/** What a reviewer looks at a masked value for; other purposes are typed. */
export const purposes = ['check', 'contact', 'paper'] as const satisfies readonly Purpose[];

const known = Object.entries<readonly string[]>(texts) as [Purpose, readonly string[]][];

/** The purpose behind the words on record, in whichever language they were said; undefined for words of one's own. */
export const purposeOf = (reason: string): Purpose | undefined => known.find(([, said]) => said.includes(reason))?.[0];

/** Why somebody looked, in the language of now. */
export function usePurposeText(): (reason: string) => string {
  const t = useWords(purposeWords);
  return useCallback(
    (reason) => {
      const purpose = purposeOf(reason);
      return purpose ? t(purpose) : reason;
    },
    [t],
  );
}

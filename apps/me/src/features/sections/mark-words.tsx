import { useWords } from '@shidang/web-kit';
import { formWords } from '@shidang/web-kit/section-form';
import { sectionWords } from './section-words';

/** What the reviewer said at a value, or, without an indicator, at the row or section. */
export interface FieldMark {
  readonly indicator?: string;
  readonly reason: 'missing' | 'wrong' | 'unclear' | 'evidence' | 'other';
  readonly words?: string;
  /** It is no longer as it was returned. */
  readonly mended?: boolean;
  /** The school's to mend. */
  readonly bySchool?: boolean;
}

/** The reviewer's words, and whose they are to mend or that they are mended. */
export function MarkWords({ mark }: { readonly mark: FieldMark }) {
  const t = useWords(formWords);
  const s = useWords(sectionWords);
  return (
    <p className="mark">
      {t('markedBy', { reason: t(mark.reason), words: mark.words ?? '' })}
      {mark.bySchool && !mark.mended && <span className="mark-note">{s('schoolMends')}</span>}
      {mark.mended && <span className="mark-note row-done">{s('mendedHere')}</span>}
    </p>
  );
}

import { useWords } from '@shidang/web-kit';
import { reasons, type MakingMark, type Marks, type Reason } from '@shidang/web-kit/review';
import { useLayoutEffect, useRef } from 'react';
import { reviewWords } from './review-words';

interface MarkFormProps {
  readonly making: MakingMark;
  readonly marks: Marks;
  /** Marked just now: it comes into view and takes the focus. */
  readonly isNew: boolean;
}

/** Below the value that was marked: the coded reason and the words for the filler. */
export function MarkForm({ making: { id, label, mark }, marks, isNew }: MarkFormProps) {
  const t = useWords(reviewWords);
  const box = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => {
    if (!isNew) return;
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.querySelector('select')?.focus({ preventScroll: true });
  }, [isNew]);
  const isShort = !isSaid({ mark });
  return (
    <fieldset ref={box} className="plain marking">
      <legend>{t('markWhy', { field: label })}</legend>
      <select
        aria-label={`${t('reason')} ${label}`}
        value={mark.reason}
        onChange={({ currentTarget }) => marks.setReason(id, currentTarget.value as Reason)}
      >
        {reasons.map((reason) => (
          <option key={reason} value={reason}>
            {t(`reason_${reason}`)}
          </option>
        ))}
      </select>
      <textarea
        aria-label={t('wordsFor', { field: label })}
        aria-invalid={isShort || undefined}
        rows={2}
        maxLength={500}
        value={mark.words}
        onChange={({ currentTarget }) => marks.setWords(id, currentTarget.value)}
      />
      {isShort && <p className="field-problem">{t('wordsShort')}</p>}
      <button type="button" className="link" onClick={() => marks.remove(id)}>
        {t('unmark', { field: label })}
      </button>
    </fieldset>
  );
}

/** Words that help the filler: the server asks for two characters at least. */
export const isSaid = ({ mark }: Pick<MakingMark, 'mark'>): boolean => mark.words.trim().length >= 2;

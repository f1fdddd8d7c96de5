import { useWords } from '@shidang/web-kit';
import { reasons, type Marks, type Reason } from '@shidang/web-kit/review';
import { reviewWords } from './review-words';

/** Each value to mend with its coded reason and the words for the filler. */
export function MarkList({ marks }: { readonly marks: Marks }) {
  const t = useWords(reviewWords);
  return marks.marks.map(({ id, label, mark }) => (
    <fieldset key={id} className="card plain marking">
      <legend>{label}</legend>
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
        rows={2}
        maxLength={500}
        value={mark.words}
        onChange={({ currentTarget }) => marks.setWords(id, currentTarget.value)}
      />
      <button type="button" className="link" onClick={() => marks.remove(id)}>
        {t('unmark', { field: label })}
      </button>
    </fieldset>
  ));
}

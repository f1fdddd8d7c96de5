import { findIndicator, type Category, type SectionKey } from '@shidang/catalogue';
import { useLanguage, useWords, type MergeConflict } from '@shidang/web-kit';
import { fieldLabel, formWords, valueText } from '@shidang/web-kit/section-form';
import { useState } from 'react';
import { Dialog } from '../../app/dialog';
import { sectionWords } from './section-words';

interface MergeDialogProps {
  readonly section: SectionKey;
  readonly category: Category;
  readonly conflicts: readonly MergeConflict[];
  readonly onDecided: (theirs: readonly string[]) => void;
}

/** Two wrote the same field: theirs or mine, field by field; mine stands until another choice is made. */
export function MergeDialog({ section, category, conflicts, onDecided }: MergeDialogProps) {
  const t = useWords(formWords);
  const s = useWords(sectionWords);
  const language = useLanguage();
  const [theirs, setTheirs] = useState<readonly string[]>([]);
  const textOf = (key: string, value: unknown) => valueText(findIndicator(section, key), value, category) || t('empty');
  return (
    <Dialog title={s('whichOne')}>
      <p className="quiet">{s('mergeWhy')}</p>
      {conflicts.map(({ key, mine, theirs: their }) => (
        <fieldset key={key} className="plain">
          <legend>{fieldLabel(section, key, category, language)}</legend>
          <label className="tick">
            <input
              type="radio"
              name={`merge-${key}`}
              checked={!theirs.includes(key)}
              onChange={() => setTheirs((all) => all.filter((each) => each !== key))}
            />
            {s('mineIs', { value: textOf(key, mine) })}
          </label>
          <label className="tick">
            <input
              type="radio"
              name={`merge-${key}`}
              checked={theirs.includes(key)}
              onChange={() => setTheirs((all) => [...all, key])}
            />
            {s('theirsIs', { value: textOf(key, their) })}
          </label>
        </fieldset>
      ))}
      <button className="button button-main button-wide" onClick={() => onDecided(theirs)}>
        {s('chosen')}
      </button>
    </Dialog>
  );
}

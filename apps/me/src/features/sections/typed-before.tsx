import { findIndicator } from '@shidang/catalogue';
import { useLanguage, useWords } from '@shidang/web-kit';
import { fieldLabel, formWords, valueText } from '@shidang/web-kit/section-form';
import { sectionWords } from './section-words';
import type { Autosave } from './use-autosave';

/** What was typed on this device into an earlier state of the row: saved only where the teacher says so (0132). */
export function TypedBefore({ form }: { readonly form: Autosave }) {
  const s = useWords(sectionWords);
  const t = useWords(formWords);
  const language = useLanguage();
  const { section, category } = form.draft;
  const known = Object.entries(form.suggested);
  if (known.length === 0) return null;
  return (
    <section className="note note-waiting">
      <p>{s('typedBefore')}</p>
      {known.map(([key, value]) => (
        <div key={key} className="input-line">
          <p>
            {fieldLabel(section, key, category, language)}{' '}
            <b>{valueText(findIndicator(section, key), value, category) || t('empty')}</b>
          </p>
          <button className="link" onClick={() => form.type(key, value ?? '')}>
            {s('useIt')}
          </button>
          <button className="link" onClick={() => form.letGo(key)}>
            {s('useNot')}
          </button>
        </div>
      ))}
    </section>
  );
}

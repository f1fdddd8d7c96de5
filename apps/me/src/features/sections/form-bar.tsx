import { inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { fieldLabel, losesOnReload, unsavedKeys } from '@shidang/web-kit/section-form';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Dialog } from '../../app/dialog';
import { SaveState } from './save-state';
import { sectionWords } from './section-words';
import type { Autosave } from './use-autosave';

interface FormBarProps {
  readonly form: Autosave;
  readonly to?: string;
}

/** Saving stops at what only a human can mend; everything else goes on by itself. */
const isStuck = ({ saving, complaints }: Autosave): boolean =>
  saving.kind === 'held' || complaints.some(({ blocks }) => blocks);

/** Who is done goes back to the list; saving has happened, or it is said what is not saved. */
export function FormBar({ form, to = '/' }: FormBarProps) {
  const s = useWords(sectionWords);
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState(false);
  const [mending, setMending] = useState(false);
  const keys = unsavedKeys(form.draft);
  const id = `${form.draft.section}-${keys[0]}`;
  useEffect(() => {
    // after the dialog, which gives the focus back to where it was
    if (!mending) return;
    setMending(false);
    const field = document.getElementById(id);
    field?.scrollIntoView({ block: 'center' });
    (field?.matches('input, select, textarea') ? field : field?.querySelector('input'))?.focus();
  }, [mending, id]);
  return (
    <div className="bar">
      <SaveState form={form} />
      <Link
        className="button button-main"
        href={to}
        onClick={(event) => {
          if (!isStuck(form) || keys.length === 0) return;
          event.preventDefault();
          setAsked(true);
        }}
      >
        {s('done')}
      </Link>
      {asked && (
        <Dialog title={s('unsavedAsk', { count: keys.length })} onClose={() => setAsked(false)}>
          <Unsaved form={form} keys={keys} />
          <p className="quiet">{s(losesOnReload(form.draft) ? 'unsavedSensitive' : 'unsavedLead')}</p>
          <button
            className="button button-main button-wide"
            onClick={() => {
              setAsked(false);
              setMending(true);
            }}
          >
            {s('mendNow')}
          </button>
          <button className="button button-wide" onClick={() => navigate(to)}>
            {s('leaveNow')}
          </button>
        </Dialog>
      )}
    </div>
  );
}

function Unsaved({ form, keys }: { readonly form: Autosave; readonly keys: readonly string[] }) {
  const language = useLanguage();
  const { section, category } = form.draft;
  return (
    <ul>
      {keys.map((key) => (
        <li key={key}>
          <b>{fieldLabel(section, key, category, language)}</b>
          {form.complaints
            .filter((each) => each.key === key && each.severity === 'error')
            .map(({ code, words }) => (
              <p key={code} className="field-problem">
                {inLanguage(words, language)}
              </p>
            ))}
        </li>
      ))}
    </ul>
  );
}

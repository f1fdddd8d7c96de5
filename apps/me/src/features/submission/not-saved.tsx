import { findSection, type SectionKey } from '@shidang/catalogue';
import { inLanguage, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { useState } from 'react';
import { Link } from 'wouter';
import { Dialog } from '../../app/dialog';
import type { UnsavedRow } from '../../app/device/unsaved';
import { words } from '../../app/words';
import { forget } from '../sections/draft-shelf';
import { submissionWords } from './submission-words';

interface NotSavedProps {
  readonly teacherId: string;
  readonly rows: readonly UnsavedRow[];
}

/** What lies only on this device would not be submitted: it is sent, mended or let go of first (0132). */
export function NotSaved({ teacherId, rows }: NotSavedProps) {
  const t = useWords(submissionWords);
  if (rows.length === 0) return null;
  return (
    <section className="note note-error">
      <strong>{t('notSaved', { count: rows.reduce((sum, { count }) => sum + count, 0) })}</strong>
      <ul>
        {rows.map((row) => (
          <Waiting key={`${row.section} ${row.entryId}`} teacherId={teacherId} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ teacherId, row: { section, entryId, count } }: { teacherId: string; row: UnsavedRow }) {
  const t = useWords(submissionWords);
  const m = useWords(words);
  const language = useLanguage();
  const { me } = useSession();
  const [asked, setAsked] = useState(false);
  const of = findSection(section);
  const name = of ? inLanguage({ zh: of.zhName, en: of.en }, language) : section;
  return (
    <li>
      <Link className="link" href={of?.multiRecord ? `/sections/${section}/${entryId}` : `/sections/${section}`}>
        {t('notSavedIn', { section: name, count })}
      </Link>{' '}
      <button className="link link-danger" aria-label={t('letGoOf', { section: name })} onClick={() => setAsked(true)}>
        {t('letGo')}
      </button>
      {asked && (
        <Dialog title={t('letGoAsk', { section: name, count })} onClose={() => setAsked(false)}>
          <p>{t('letGoLead')}</p>
          <button
            className="button button-danger button-wide"
            onClick={() => forget({ accountId: me.account.id, teacherId, section: section as SectionKey, entryId })}
          >
            {t('letGo')}
          </button>
          <button className="button button-wide" onClick={() => setAsked(false)}>
            {m('cancel')}
          </button>
        </Dialog>
      )}
    </li>
  );
}

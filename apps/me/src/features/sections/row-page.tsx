import { findSection, type SectionKey } from '@shidang/catalogue';
import { useWords } from '@shidang/web-kit';
import { removeRow, useRecordChanged } from '@shidang/web-kit/record';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { Dialog } from '../../app/dialog';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { AskSchool } from '../corrections/ask-school';
import { FormBar } from './form-bar';
import { RowForm } from './row-form';
import { Closed, useOwnSection, useSectionName, type OwnSection } from './section-page';
import { sectionWords } from './section-words';
import type { Autosave } from './use-autosave';

/** One row of a repeating section; `new` until its first value is saved. */
export default function RowPage() {
  const { section = '', entryId = '' } = useParams<{ section: string; entryId: string }>();
  const known = findSection(section)?.key;
  return known ? <Known key={`${known} ${entryId}`} section={known} entryId={entryId} /> : null;
}

function Known({ section, entryId }: { readonly section: SectionKey; readonly entryId: string }) {
  const s = useWords(sectionWords);
  const name = useSectionName(section);
  const { own, error, retry } = useOwnSection(section);
  const back = `/sections/${section}`;
  return (
    <Sheet title={entryId === 'new' ? s('newRowOf', { section: name }) : name} back={back}>
      {own ? <Row own={own} entryId={entryId} /> : error ? <Problem error={error} retry={retry} /> : <Loading />}
    </Sheet>
  );
}

function Row({ own, entryId }: { readonly own: OwnSection; readonly entryId: string }) {
  const { view } = own;
  const [entry] = useState(() => view.entries.find(({ id }) => id === entryId));
  const isOpen = (entry ? (entry.fillableKeys?.length ?? 0) : view.newRowKeys.length) > 0;
  return (
    <>
      <Closed view={view} />
      <RowForm own={own} {...(entry && { entry })}>
        {(form) => (
          <>
            {entry && <AskSchool view={view} entry={entry} />}
            {isOpen && view.newRowKeys.length > 0 && <Remove own={own} form={form} />}
            {isOpen && <FormBar form={form} to={`/sections/${view.section}`} />}
          </>
        )}
      </RowForm>
    </>
  );
}

/** A row that never took effect may go; it cannot be undone, so it is asked. */
function Remove({ own, form }: { readonly own: OwnSection; readonly form: Autosave }) {
  const s = useWords(sectionWords);
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState(false);
  const { teacherId, view } = own;
  const section = view.section as SectionKey;
  const changed = useRecordChanged(teacherId);
  const stored = form.stored();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (stored) await removeRow({ teacherId, section, entryId: stored.entry.id, etag: stored.etag });
      form.forget();
    },
    onSuccess: () => {
      changed();
      navigate(`/sections/${section}`, { replace: true });
    },
  });
  if (stored?.entry.isEffective) return null;
  return (
    <>
      <button className="link link-danger" onClick={() => setAsked(true)}>
        {s('remove')}
      </button>
      {asked && (
        <Dialog title={s('removeAsk')} onClose={() => setAsked(false)}>
          <p>{s('removeLead')}</p>
          <Problem error={error} />
          <button className="button button-danger button-wide" disabled={isPending} onClick={() => mutate()}>
            {s('remove')}
          </button>
          <button className="button button-wide" onClick={() => setAsked(false)}>
            {s('cancel')}
          </button>
        </Dialog>
      )}
    </>
  );
}

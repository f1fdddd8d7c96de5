import { findSection, type SectionKey } from '@shidang/catalogue';
import { useSession, useWords } from '@shidang/web-kit';
import { removeRow, useRecordChanged, type EntryView } from '@shidang/web-kit/record';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { Dialog } from '../../app/dialog';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { AskSchool } from '../corrections/ask-school';
import { forget } from './draft-shelf';
import { FormBar } from './form-bar';
import { RowForm } from './row-form';
import { Closed, useOwnSection, useSectionName, type OwnSection } from './section-page';
import { sectionWords } from './section-words';
import type { Autosave } from './use-autosave';

/** One row of a repeating section; `new` until its first value is saved. */
export default function RowPage() {
  const { section = '', entryId = '' } = useParams<{ section: string; entryId: string }>();
  const known = findSection(section)?.key;
  /** Of the row that was made here: its address changes, the form stays, and what is being typed in it. */
  const made = useRef<string>(undefined);
  const [, navigate] = useLocation();
  if (!known) return null;
  const at = entryId === made.current ? 'new' : entryId;
  return (
    <Known
      key={`${known} ${at}`}
      section={known}
      entryId={at}
      onMade={(id) => {
        if (made.current === id) return;
        made.current = id;
        navigate(`/sections/${known}/${id}`, { replace: true });
      }}
    />
  );
}

interface KnownProps {
  readonly section: SectionKey;
  readonly entryId: string;
  readonly onMade: (id: string) => void;
}

function Known({ section, entryId, onMade }: KnownProps) {
  const s = useWords(sectionWords);
  const name = useSectionName(section);
  const { own, error, retry } = useOwnSection(section);
  const back = `/sections/${section}`;
  return (
    <Sheet title={entryId === 'new' ? s('newRowOf', { section: name }) : name} back={back}>
      {own ? (
        <Row own={own} entryId={entryId} onMade={onMade} />
      ) : error ? (
        <Problem error={error} retry={retry} />
      ) : (
        <Loading />
      )}
    </Sheet>
  );
}

interface RowProps extends Pick<KnownProps, 'entryId' | 'onMade'> {
  readonly own: OwnSection;
}

/** What was read before may lack a row of since: it is gone only where it was asked just now. */
function Row(props: RowProps) {
  const { own, entryId } = props;
  const [opened] = useState(() => ({ entry: own.view.entries.find(({ id }) => id === entryId) }));
  const entry = opened.entry ?? own.view.entries.find(({ id }) => id === entryId);
  if (entryId === 'new') return <Opened {...props} />;
  if (entry) return <Opened {...props} entry={entry} />;
  return own.isFresh ? <Gone own={own} entryId={entryId} /> : <Loading />;
}

/** Deleted elsewhere, or an old address; what was typed into it has nowhere to go. */
function Gone({ own, entryId }: Omit<RowProps, 'onMade'>) {
  const s = useWords(sectionWords);
  const { me } = useSession();
  const { teacherId } = own;
  const section = own.view.section as SectionKey;
  const name = useSectionName(section);
  useEffect(
    () => forget({ accountId: me.account.id, teacherId, section, entryId }),
    [me.account.id, teacherId, section, entryId],
  );
  return (
    <>
      <p className="empty">{s('gone')}</p>
      <Link className="button button-wide" href={`/sections/${section}`} replace>
        {s('toRows', { section: name })}
      </Link>
    </>
  );
}

function Opened({ own, entry, onMade }: RowProps & { readonly entry?: EntryView }) {
  const { view } = own;
  const isOpen = (entry ? (entry.fillableKeys?.length ?? 0) : view.newRowKeys.length) > 0;
  return (
    <>
      <Closed view={view} />
      <RowForm own={own} {...(entry && { entry })}>
        {(form) => (
          <>
            {entry && <AskSchool view={view} entry={entry} />}
            {!entry && <Made id={form.stored()?.entry.id} onMade={onMade} />}
            {isOpen && view.newRowKeys.length > 0 && <Remove own={own} form={form} />}
            {isOpen && <FormBar form={form} to={`/sections/${view.section}`} />}
          </>
        )}
      </RowForm>
    </>
  );
}

/** After the first save the address is the row's own: a reload opens it, not another new one. */
function Made({ id, onMade }: { readonly id: string | undefined; readonly onMade: (id: string) => void }) {
  useEffect(() => {
    if (id) onMade(id);
  }, [id, onMade]);
  return null;
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

import { findSection, sectionOf, type Category, type SectionKey } from '@shidang/catalogue';
import { inLanguage, useConnection, useLanguage, useSession, useWords } from '@shidang/web-kit';
import {
  useCompleteness,
  useMarks,
  useSection,
  useTeacher,
  type Completeness,
  type EntryView,
  type SectionView,
  type TeacherMarks,
} from '@shidang/web-kit/record';
import { useRef, useState } from 'react';
import { Link, useParams } from 'wouter';
import { unsavedOf, useUnsavedRows } from '../../app/device/unsaved';
import { Icon } from '../../app/icon';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { useOwnRecordId } from '../record/own-record';
import { markedAmong, type Marked } from '../record/section-state';
import { AskSchool } from '../corrections/ask-school';
import { gapsIn, inOrder, type Gap } from './gaps';
import { Confirm } from './confirm';
import { FormBar } from './form-bar';
import { RowForm } from './row-form';
import SendKept from './send-kept';
import { rowTitle } from './row-title';
import { sectionWords } from './section-words';

export interface OwnSection {
  readonly teacherId: string;
  readonly view: SectionView;
  readonly marks: TeacherMarks | null;
  readonly completeness: Completeness | undefined;
  /** The last submission of the record; empty before the first. */
  readonly round: string;
  /** Read anew since the page opened. */
  readonly isFresh: boolean;
}

/** The section of the address with what the reviewer said about it; where something typed waits for it, only as it is now, if it can be asked. */
export function useOwnSection(section: SectionKey): { own?: OwnSection; error: unknown; retry: () => void } {
  const teacherId = useOwnRecordId() ?? '';
  const view = useSection(teacherId, section);
  const returned = view.data?.returned === true;
  const marks = useMarks(teacherId, returned);
  const { data: completeness } = useCompleteness(teacherId);
  const teacher = useTeacher(teacherId);
  const { me } = useSession();
  const [waits] = useState(() => unsavedOf(me.account.id, teacherId).has(section));
  const isOffline = useConnection() !== 'up';
  const fresh = useRef(false);
  fresh.current ||= view.isSuccess && !view.isFetching && !teacher.isFetching;
  const retry = () => void view.refetch();
  const isKnown = view.data && (!returned || marks.data !== undefined) && (teacher.data || teacher.error || isOffline);
  if (!view.data || !isKnown || (waits && !fresh.current && !isOffline))
    return { error: view.error ?? marks.error, retry };
  return {
    own: {
      ...{ teacherId, view: view.data, marks: marks.data ?? null, completeness },
      ...{ round: teacher.data?.caseId ?? '', isFresh: fresh.current },
    },
    error: undefined,
    retry,
  };
}

export const useSectionName = (section: SectionKey): string => {
  const { zhName: zh, en } = sectionOf(section);
  return inLanguage({ zh, en }, useLanguage());
};

/** One section: the one row of a single one, or its rows as cards. */
export default function SectionPage() {
  const { section = '' } = useParams<{ section: string }>();
  const known = findSection(section)?.key;
  return known ? <Known key={known} section={known} /> : <Sheet title={section} back="/" children={null} />;
}

function Known({ section }: { readonly section: SectionKey }) {
  const name = useSectionName(section);
  const { own, error, retry } = useOwnSection(section);
  if (!own)
    return (
      <Sheet title={name} back="/">
        {error ? <Problem error={error} retry={retry} /> : <Loading />}
      </Sheet>
    );
  return sectionOf(section).multiRecord ? <Rows own={own} name={name} /> : <Single own={own} name={name} />;
}

interface OwnProps {
  readonly own: OwnSection;
  readonly name: string;
}

function Single({ own, name }: OwnProps) {
  const { view } = own;
  const entry = view.entries[0];
  return (
    <Sheet title={name} back="/">
      <Closed view={view} />
      <Confirm own={own} />
      <RowForm own={own} {...(entry && { entry })}>
        {(form) => (
          <>
            {entry && <AskSchool view={view} entry={entry} />}
            {view.fillable && <FormBar form={form} />}
          </>
        )}
      </RowForm>
    </Sheet>
  );
}

export function Closed({ view }: { readonly view: SectionView }) {
  const s = useWords(sectionWords);
  const of = sectionOf(view.section as SectionKey);
  if (view.closedBecause === 'review') return <p className="note note-waiting">{s('locked')}</p>;
  return of.organisationOnly || of.fillableBy === 'school' ? <p className="note">{s('bySchool')}</p> : null;
}

function Rows({ own, name }: OwnProps) {
  const s = useWords(sectionWords);
  const { view, completeness } = own;
  const section = view.section as SectionKey;
  const rows = inOrder(section, view.entries);
  const gaps = gapsIn(section, rows);
  const mayAdd = view.newRowKeys.length > 0;
  const { me } = useSession();
  const unsaved = useUnsavedRows(me.account.id, view.teacherId).filter((each) => each.section === section);
  const unsavedIn = (entryId: string) => unsaved.find((each) => each.entryId === entryId)?.count ?? 0;
  const lacksAny = (completeness?.findings ?? []).some(
    (each) => each.section === section && !each.entryId && each.severity === 'error',
  );
  const openIn = ({ id }: EntryView) =>
    (completeness?.findings ?? []).filter((each) => each.entryId === id && each.severity === 'error').length;
  const markedIn = ({ id }: EntryView) =>
    markedAmong((completeness?.marks ?? []).filter((each) => each.section === section && each.entryId === id));
  return (
    <Sheet title={name} back="/">
      <Closed view={view} />
      {view.fillable && <SendKept teacherId={view.teacherId} section={section} />}
      {rows.length === 0 && (
        <p className="empty">{s(mayAdd ? (lacksAny ? 'atLeastOne' : 'emptyOwn') : 'emptySchool')}</p>
      )}
      <ul className="cards">
        {rows.map((entry) => (
          <li key={entry.id}>
            <GapHint gap={gaps.find(({ before }) => before === entry.id)} />
            <RowCard
              entry={entry}
              category={view.category as Category}
              open={openIn(entry)}
              marked={markedIn(entry)}
              unsaved={view.fillable ? unsavedIn(entry.id) : 0}
            />
          </li>
        ))}
        {mayAdd && unsavedIn('new') > 0 && (
          <li>
            <Link className="card row-card" href={`/sections/${section}/new`}>
              <span className="row-card-words">
                <strong>{s('untitled')}</strong>
                <span className="row-state row-returned">{s('notSavedHere', { count: unsavedIn('new') })}</span>
              </span>
              <Icon name="next" />
            </Link>
          </li>
        )}
      </ul>
      <Confirm own={own} />
      {mayAdd && (
        <Link className="button button-wide" href={`/sections/${section}/new`}>
          <Icon name="plus" />
          {s('newRow')}
        </Link>
      )}
    </Sheet>
  );
}

const GapHint = ({ gap }: { readonly gap: Gap | undefined }) => {
  const s = useWords(sectionWords);
  if (!gap) return null;
  return (
    <p className="gap">
      {s('gap', { from: gap.from, to: gap.to })}
      <small>{s('gapHint')}</small>
    </p>
  );
};

interface RowCardProps {
  readonly entry: EntryView;
  readonly category: Category;
  readonly open: number;
  readonly marked: Marked;
  readonly unsaved: number;
}

function RowCard({ entry, category, open, marked, unsaved }: RowCardProps) {
  const s = useWords(sectionWords);
  const section = entry.section as SectionKey;
  const { title, when } = rowTitle(section, entry.values, category, s('now'));
  return (
    <Link className="card row-card" href={`/sections/${section}/${entry.id}`}>
      <span className="row-card-words">
        <strong>{title || s('untitled')}</strong>
        {when && <span className="quiet">{when}</span>}
        {unsaved > 0 && <span className="row-state row-returned">{s('notSavedHere', { count: unsaved })}</span>}
        {marked.open > 0 && <span className="row-state row-returned">{s('marked', { count: marked.open })}</span>}
        {marked.mended > 0 && <span className="row-state row-done">{s('mended', { count: marked.mended })}</span>}
        {marked.schools > 0 && (
          <span className="row-state row-quiet">{s('mendSchool', { count: marked.schools })}</span>
        )}
        {marked.open === 0 && open > 0 && <span className="row-state row-open">{s('lacking', { count: open })}</span>}
        {entry.isEffective && <span className="row-state row-quiet">{s('effective')}</span>}
      </span>
      <Icon name="next" />
    </Link>
  );
}

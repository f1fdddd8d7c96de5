import type { Category, SectionKey, Value } from '@shidang/catalogue';
import { inLanguage, useLanguage, useSession, useWords } from '@shidang/web-kit';
import {
  addRow,
  fetchSection,
  patchRow,
  unmask,
  useRecordChanged,
  useRowKnown,
  type Completeness,
  type EntryView,
  type SectionView,
  type TeacherMarks,
} from '@shidang/web-kit/record';
import { fieldLabel, formWords, type RowRights, type SectionField } from '@shidang/web-kit/section-form';
import { useState, type ReactNode } from 'react';
import { Problem } from '../../app/problem';
import { MergeDialog } from './merge-dialog';
import { RowField, type FieldMark } from './row-field';
import type { OwnSection } from './section-page';
import { sectionWords } from './section-words';
import { TypedBefore } from './typed-before';
import { useAutosave, type Autosave, type RowSource, type Written } from './use-autosave';

interface RowFormProps {
  readonly own: OwnSection;
  /** Absent: a new row. */
  readonly entry?: EntryView;
  /** How saving stands, for the page around. */
  readonly children: (form: Autosave) => ReactNode;
}

function rightsFor(view: SectionView, entry: EntryView | undefined, fills: boolean, isTeacher: boolean): RowRights {
  return {
    keys: (entry ? entry.fillableKeys : view.newRowKeys) ?? [],
    isEffective: entry?.isEffective ?? false,
    returned: view.returned,
    fills,
    isTeacher,
    ...(view.closedBecause && { closedBecause: view.closedBecause }),
  };
}

/** The row wired to its routes: the first value of a new one adds it, the others are patches. */
export function useSource({ own: { view, round }, entry }: Omit<RowFormProps, 'children'>): RowSource {
  const { me, post, can } = useSession();
  const known = useRowKnown(view.teacherId, view.section as SectionKey);
  const section = view.section as SectionKey;
  const { teacherId } = view;
  return {
    place: { accountId: me.account.id, teacherId, section, entryId: entry?.id ?? 'new' },
    ...(entry && { entry }),
    category: view.category as Category,
    round,
    rights: rightsFor(view, entry, can('record.fill'), post.role === 'teacher'),
    save: async (changes, written): Promise<Written> => {
      if (!written) return addRow(teacherId, section, changes);
      const answered = await patchRow({ teacherId, section, entryId: written.entry.id, etag: written.etag }, changes);
      known(answered.entry);
      return answered;
    },
    reload: async (entryId) => (await fetchSection(teacherId, section)).entries.find(({ id }) => id === entryId),
    onSaved: useRecordChanged(teacherId),
  };
}

/** What the reviewer said at this row, with how it stands. */
function marksAt({ view, marks, completeness }: OwnSection, entryId: string | undefined): FieldMark[] {
  const same = (a: TeacherMarks['marks'][number]) => (b: Completeness['marks'][number]) =>
    a.section === b.section && a.entryId === b.entryId && a.indicator === b.indicator;
  return (marks?.marks ?? [])
    .filter((mark) => mark.section === view.section && (!mark.entryId || mark.entryId === entryId))
    .map((mark) => {
      const standing = completeness?.marks.find(same(mark));
      return { ...mark, mended: standing?.mended === true, bySchool: standing?.yours === false };
    });
}

export function RowForm(props: RowFormProps) {
  const { own, entry, children } = props;
  const { view } = own;
  const s = useWords(sectionWords);
  const language = useLanguage();
  const source = useSource(props);
  const form = useAutosave(source);
  const { section } = source.place;
  const marked = marksAt(own, entry?.id);
  const isOpen = source.rights.keys.length > 0;
  const [all, setAll] = useState(false);
  const short = view.returned && isOpen && !all;
  const isMarked = (key: string) => marked.some(({ indicator }) => indicator === key);
  const fields = short ? form.fields.filter(({ closed, key }) => !closed || isMarked(key)) : form.fields;
  const drawn = (field: SectionField) => (
    <RowField
      key={field.key}
      field={field}
      id={`${section}-${field.key}`}
      category={source.category}
      complaints={form.complaints.filter(({ key }) => key === field.key)}
      marks={marked.filter(({ indicator }) => indicator === field.key)}
      onTyped={(raw) => form.type(field.key, raw)}
      tool={
        field.isHidden && (
          <ShowOwn
            teacherId={view.teacherId}
            entryId={form.stored()?.entry.id}
            field={field}
            shown={(plain) => form.reveal(field.key, plain)}
          />
        )
      }
    />
  );
  return (
    <>
      {marked
        .filter(({ indicator }) => !indicator)
        .map((mark) => (
          <WholeMark key={`${mark.reason} ${mark.words}`} reason={mark.reason} words={mark.words ?? ''} />
        ))}
      {short && <p className="note">{s('onlyMarked')}</p>}
      {form.taken.length > 0 && (
        <p className="note" role="status">
          {s('merged', {
            fields: form.taken.map((key) => fieldLabel(section, key, source.category, language)).join('、'),
          })}
        </p>
      )}
      <TypedBefore form={form} />
      <Problem error={form.failure} />
      <form
        className="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        }}
      >
        {fields.map(drawn)}
        {form.complaints
          .filter(({ key, severity }) => key === undefined && severity !== 'error')
          .map(({ code, words }) => (
            <p key={code} className="field-warning">
              {inLanguage(words, language)}
            </p>
          ))}
      </form>
      {short && (
        <button className="link" onClick={() => setAll(true)}>
          {s('showAll')}
        </button>
      )}
      {form.conflicts.length > 0 && (
        <MergeDialog section={section} category={source.category} conflicts={form.conflicts} onDecided={form.decide} />
      )}
      {children(form)}
    </>
  );
}

function WholeMark({
  reason,
  words,
}: {
  readonly reason: 'missing' | 'wrong' | 'unclear' | 'evidence' | 'other';
  readonly words: string;
}) {
  const t = useWords(formWords);
  return <p className="mark">{t('markedBy', { reason: t(reason), words })}</p>;
}

interface ShowOwnProps {
  readonly teacherId: string;
  readonly entryId?: string;
  readonly field: SectionField;
  readonly shown: (plain: Value | undefined) => void;
}

/** The own number in full: on record like every look. */
function ShowOwn({ teacherId, entryId, field, shown }: ShowOwnProps) {
  const t = useWords(formWords);
  const s = useWords(sectionWords);
  const language = useLanguage();
  const isPersons = field.indicator.identityFact !== undefined;
  const show = async () => {
    const reply = await unmask(teacherId, {
      ...(!isPersons && entryId && { entryId }),
      indicator: field.key,
      reason: s('ownLook'),
    });
    shown(reply.value as Value | undefined);
  };
  return (
    <button
      type="button"
      className="link"
      aria-label={t('showOf', { label: inLanguage(field.label, language) })}
      onClick={() => void show()}
    >
      {s('showOwn')}
    </button>
  );
}

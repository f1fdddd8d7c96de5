import { findSection, sectionOf, type Category, type SectionKey } from '@shidang/catalogue';
import { formatDay, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { useRecordChanged, type EntryView } from '@shidang/web-kit/record';
import {
  blocking,
  changesOf,
  complaintsOf,
  fieldsOf,
  openDraft,
  typeInto,
  valueText,
  type SectionField,
} from '@shidang/web-kit/section-form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { Field } from '../../app/field';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { words } from '../../app/words';
import { RowField } from '../sections/row-field';
import { useOwnSection } from '../sections/section-page';
import { askToCorrect } from './ask-to-correct';
import { changeableIn } from './changeable';
import { correctionsWords } from './corrections-words';

/** One value of a row in effect that the school shall correct. */
export default function AskPage() {
  const t = useWords(correctionsWords);
  const { section = '', entryId = '' } = useParams<{ section: string; entryId: string }>();
  const known = findSection(section)?.key;
  const back = known && sectionOf(known).multiRecord ? `/sections/${known}/${entryId}` : `/sections/${section}`;
  return (
    <Sheet title={t('ask')} back={back}>
      {known && <Known section={known} entryId={entryId} />}
    </Sheet>
  );
}

function Known({ section, entryId }: { readonly section: SectionKey; readonly entryId: string }) {
  const { own, error, retry } = useOwnSection(section);
  const t = useWords(words);
  const entry = own?.view.entries.find(({ id }) => id === entryId);
  if (own && !entry) return <p className="empty">{t('notFound')}</p>;
  if (!own || !entry) return error ? <Problem error={error} retry={retry} /> : <Loading />;
  return <Ask key={entryId} teacherId={own.teacherId} category={own.view.category as Category} entry={entry} />;
}

interface AskProps {
  readonly teacherId: string;
  readonly category: Category;
  readonly entry: EntryView;
}

function useWish({ category, entry }: AskProps) {
  const section = entry.section as SectionKey;
  const [key, setKey] = useState('');
  const [draft, setDraft] = useState(() => openDraft(section, category, entry.values));
  const rights = { keys: [key], isEffective: true, returned: false, fills: true, isTeacher: false };
  const found = fieldsOf(draft, rights).find((field) => field.key === key);
  const change = changesOf(draft)[key];
  // empty to begin with: nothing is proposed unless it is typed
  const field: SectionField | undefined = found && {
    ...found,
    required: false,
    isHidden: false,
    value: draft.unread[key] ?? change ?? '',
  };
  const complaints = blocking(complaintsOf(draft, formatDay(new Date()))).filter((each) => each.key === key);
  return {
    key,
    field,
    change,
    complaints: change === undefined && !(key in draft.unread) ? [] : complaints,
    choose: (next: string) => {
      setDraft(openDraft(section, category, entry.values));
      setKey(next);
    },
    type: (raw: unknown) => setDraft((now) => typeInto(now, key, raw)),
  };
}

function Ask(props: AskProps) {
  const { teacherId, category, entry } = props;
  const t = useWords(correctionsWords);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const changed = useRecordChanged(teacherId);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const wish = useWish(props);
  const { field } = wish;
  const sending = useMutation({
    mutationFn: () =>
      askToCorrect({
        teacherId,
        entryId: entry.id,
        indicator: wish.key,
        reason: reason.trim(),
        ...(wish.change !== undefined && { value: wish.change }),
      }),
    onSuccess: () => {
      changed();
      navigate('/corrections', { replace: true });
    },
  });
  const isShort = reason.trim().length < 2;
  const present = entry.values[wish.key];
  const shown = typeof present === 'string' && present.includes('*') ? undefined : field?.indicator;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isShort && wish.complaints.length === 0) sending.mutate();
      }}
    >
      <p className="note">{t('lead')}</p>
      <Field id="ask-which" label={t('which')}>
        <select id="ask-which" value={wish.key} onChange={({ currentTarget }) => wish.choose(currentTarget.value)}>
          <option value="">{t('choose')}</option>
          {changeableIn(entry.section as SectionKey, category).map(({ key, zhName: zh, en }) => (
            <option key={key} value={key}>
              {inLanguage({ zh, en }, language)}
            </option>
          ))}
        </select>
      </Field>
      {field && (
        <>
          <p className="quiet">{t('present', { value: valueText(shown, present, category) || t('empty') })}</p>
          <RowField
            key={field.key}
            id="ask-value"
            field={{ ...field, label: { zh: t('right'), en: t('right') } }}
            category={category}
            complaints={wish.complaints}
            marks={[]}
            onTyped={wish.type}
          />
          <Field
            id="ask-why"
            label={t('why')}
            hint={t('whyHint')}
            {...(isTried && isShort && { problem: t('whyShort') })}
          >
            <textarea
              id="ask-why"
              rows={3}
              maxLength={500}
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          </Field>
          <Problem error={sending.error} />
          <button className="button button-main button-wide" disabled={sending.isPending}>
            {t('send')}
          </button>
        </>
      )}
    </form>
  );
}

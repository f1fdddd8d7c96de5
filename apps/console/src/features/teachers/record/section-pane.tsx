import { findIndicator, sectionOf, type Category, type SectionKey } from '@shidang/catalogue';
import { formatMoment, inLanguage, RefusedByServer, useLanguage, useSession, useWords } from '@shidang/web-kit';
import type { RowRights, SectionField } from '@shidang/web-kit/section-form';
import { Alert, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { useUrlSearch } from '../../../app/url-state';
import { SectionForm } from '../../../section-form/section-form';
import { words as formWords } from '../../../section-form/words';
import {
  addRow,
  fetchSection,
  patchRow,
  useChangeRequests,
  useRecordChanged,
  useSection,
  type EntryView,
  type SectionView,
  type TeacherMarks,
  type TeacherView,
} from '../teachers-api';
import { words } from '../words';
import { EntryTable } from './entry-table';
import { FieldTools } from './field-tools';
import type { RecordSearchKey } from './record-page';
import { fieldLabel } from '../../../section-form/code-text';

interface SectionPaneProps {
  readonly teacher: TeacherView;
  readonly section: SectionKey;
  readonly marks: TeacherMarks | null;
}

/** One section of one teacher: a form where there is one row, a table with a form where there are many. */
export function SectionPane({ teacher, section, marks }: SectionPaneProps) {
  const t = useWords(words);
  const language = useLanguage();
  const [search] = useUrlSearch<RecordSearchKey>();
  // the end of the day meant, in China
  const asOf = search.asOf ? `${search.asOf}T23:59:59+08:00` : undefined;
  const { data, error, refetch } = useSection(teacher.id, section, asOf);
  const of = sectionOf(section);
  const heading = <h2>{inLanguage({ zh: of.zhName, en: of.en }, language)}</h2>;
  if (error instanceof RefusedByServer && error.problem.code === 'records.nothing_to_show')
    return (
      <section className="record-section">
        {heading}
        <Empty description={t('nothingThen')} />
      </section>
    );
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <section className="record-section" aria-label={of.zhName}>
      {heading}
      <SectionNotice teacher={teacher} view={data} marks={marks} />
      {of.multiRecord ? (
        <EntryTable key={asOf ?? 'now'} teacher={teacher} view={data} marks={marks} />
      ) : (
        data.entries.map((entry) => (
          <RowForm key={`${entry.id} ${asOf ?? ''}`} teacher={teacher} view={data} entry={entry} marks={marks} />
        ))
      )}
    </section>
  );
}

function SectionNotice({ teacher, view, marks }: { teacher: TeacherView; view: SectionView; marks: TeacherMarks | null }) {
  const t = useWords(words);
  const f = useWords(formWords);
  const [search] = useUrlSearch<RecordSearchKey>();
  const { can } = useSession();
  if (search.asOf) return null;
  const whole = (marks?.marks ?? []).filter((each) => each.section === view.section && !each.indicator);
  return (
    <>
      {view.closedBecause && can('record.fill') && (
        <Alert type="info" showIcon title={t(view.closedBecause === 'left' ? 'closedLeft' : 'closedReview')} />
      )}
      {view.returned && marks?.returnedAt && (
        <Alert
          type="warning"
          showIcon
          title={t('returnedLead', {
            who: t(marks.returnedBy === 'authority' ? 'byAuthorityReview' : 'bySchoolReview'),
            at: formatMoment(marks.returnedAt),
          })}
        />
      )}
      {whole.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('sectionReturned')}
          description={whole.map((mark) => (
            <div key={`${mark.entryId} ${mark.words}`}>{t('sectionMark', { reason: f(mark.reason), words: mark.words })}</div>
          ))}
        />
      )}
      {teacher.status === 'effective' && can('change.request') && <Alert type="info" showIcon title={t('effectiveLead')} />}
    </>
  );
}

interface RowFormProps {
  readonly teacher: TeacherView;
  readonly view: SectionView;
  /** Absent: a new row. */
  readonly entry?: EntryView;
  readonly marks: TeacherMarks | null;
  readonly onSaved?: () => void;
  readonly onCancel?: () => void;
}

/** The form of one row, wired to its routes. */
export function RowForm({ teacher, view, entry, marks, onSaved, onCancel }: RowFormProps) {
  const t = useWords(formWords);
  const language = useLanguage();
  const { me, post, can } = useSession();
  const [search] = useUrlSearch<RecordSearchKey>();
  const changed = useRecordChanged(teacher.id);
  const [merged, setMerged] = useState<readonly string[]>([]);
  const section = view.section as SectionKey;
  const category = view.category as Category;
  const { data: requests } = useChangeRequests(teacher.id);
  const rights: RowRights = {
    keys: search.asOf ? [] : ((entry ? entry.fillableKeys : view.newRowKeys) ?? []),
    isEffective: entry?.isEffective ?? false,
    returned: view.returned,
    fills: can('record.fill'),
    isTeacher: post.role === 'teacher',
    ...(view.closedBecause && { closedBecause: view.closedBecause }),
  };
  const openChanges = (requests?.items ?? []).filter((each) => each.state === 'open' && each.entryId === entry?.id);
  return (
    <>
      {merged.length > 0 && (
        <Alert
          type="info"
          showIcon
          closable
          title={t('merged', {
            fields: merged.map((key) => fieldLabel(section, key, category, language)).join('、'),
          })}
        />
      )}
      <SectionForm
        place={{ accountId: me.account.id, teacherId: teacher.id, section, entryId: entry?.id ?? 'new' }}
        {...(entry && { entry })}
        category={category}
        rights={rights}
        marks={(marks?.marks ?? []).filter(
          (mark) =>
            mark.section === section && mark.indicator && (!mark.entryId || mark.entryId === entry?.id) && view.returned,
        )}
        save={(values, etag) =>
          entry && etag
            ? patchRow({ teacherId: teacher.id, section, entryId: entry.id, etag }, values)
            : addRow(teacher.id, section, values)
        }
        reload={async () => (await fetchSection(teacher.id, section)).entries.find((each) => each.id === entry?.id)}
        onSaved={(_, taken) => {
          setMerged(taken);
          changed();
          onSaved?.();
        }}
        {...(onCancel && { onCancel })}
        tools={(field: SectionField, shown) => (
          <FieldTools
            teacher={teacher}
            section={section}
            category={category}
            field={field}
            {...(entry && { entry })}
            isChanging={openChanges.some((each) => each.indicator === field.key)}
            onShown={shown}
          />
        )}
      />
    </>
  );
}

export const indicatorOf = (section: SectionKey, key: string) => findIndicator(section, key);

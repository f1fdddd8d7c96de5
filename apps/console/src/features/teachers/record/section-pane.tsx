import { sectionOf, type SectionKey } from '@shidang/catalogue';
import { formatMoment, inLanguage, RefusedByServer, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { formWords } from '@shidang/web-kit/section-form';
import { Alert, Empty, Skeleton } from 'antd';
import { Problem } from '../../../app/problem';
import { useUrlSearch } from '../../../app/url-state';
import { useSection, type SectionView, type TeacherMarks, type TeacherView } from '../teachers-api';
import { words } from '../words';
import { EntryTable } from './entry-table';
import type { RecordSearchKey } from './record-page';
import { RowForm } from './row-form';

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

function SectionNotice({
  teacher,
  view,
  marks,
}: {
  teacher: TeacherView;
  view: SectionView;
  marks: TeacherMarks | null;
}) {
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
            <div key={`${mark.entryId} ${mark.words}`}>
              {t('sectionMark', { reason: f(mark.reason), words: mark.words })}
            </div>
          ))}
        />
      )}
      {teacher.status === 'effective' && can('change.request') && (
        <Alert type="info" showIcon title={t('effectiveLead')} />
      )}
    </>
  );
}

import { RefusedByServer, useSession, useWords } from '@shidang/web-kit';
import { findSection, sections, type SectionKey } from '@shidang/catalogue';
import { maySeeSection } from '@shidang/access';
import { Alert, Skeleton, Tabs } from 'antd';
import { useMemo } from 'react';
import { Problem } from '../../../app/problem';
import { usePathParameter, useUrlSearch } from '../../../app/url-state';
import '../teachers.css';
import './record.css';
import { useCompleteness, useMarks, useTeacher } from '../teachers-api';
import { words } from '../words';
import { RecordAudit } from '../../audit/record-audit';
import { ChangeList } from './change-list';
import { ChecksPane } from './checks-pane';
import { HistoryTable } from './history-table';
import { RecordHead } from './record-head';
import { SectionList } from './section-list';
import { SectionPane } from './section-pane';
import { ViewersPane } from './viewers-pane';

export type RecordSearchKey = 'tab' | 'section' | 'entry' | 'asOf';

/** One teacher: 17 sections with their state, what is missing, who filled and reviewed what, who looked. */
export function RecordPage() {
  const t = useWords(words);
  const { can, post } = useSession();
  const teacherId = usePathParameter('teacherId');
  const [search, change] = useUrlSearch<RecordSearchKey>();
  const teacher = useTeacher(teacherId);
  const completeness = useCompleteness(teacherId);
  const marks = useMarks(teacherId, can('review.read') && teacher.data?.caseId !== undefined);
  const visible = useMemo(() => sections.filter(({ key }) => maySeeSection(post.role, key)), [post.role]);
  const wanted = findSection(search.section ?? '');
  const section: SectionKey = wanted && visible.includes(wanted) ? wanted.key : 'basic';

  if (teacher.error) {
    const unknown = teacher.error instanceof RefusedByServer && teacher.error.problem.status === 404;
    return <Problem error={teacher.error} {...(!unknown && { retry: () => void teacher.refetch() })} />;
  }
  if (!teacher.data) return <Skeleton active />;

  const open = (next: { section: SectionKey; entry?: string }) =>
    change({ tab: undefined, section: next.section, entry: next.entry });
  const tabs = [
    {
      key: 'fill',
      label: t('fill'),
      children: (
        <div className="record-body">
          <SectionList
            visible={visible}
            current={section}
            completeness={completeness.data}
            onOpen={(key) => open({ section: key })}
          />
          <SectionPane key={section} teacher={teacher.data} section={section} marks={marks.data ?? null} />
        </div>
      ),
    },
    {
      key: 'checks',
      label: t('checks'),
      children: <ChecksPane completeness={completeness.data} error={completeness.error} onOpen={open} />,
    },
    { key: 'history', label: t('history'), children: <HistoryTable teacher={teacher.data} filter={{}} /> },
    { key: 'changes', label: t('changes'), children: <ChangeList teacher={teacher.data} /> },
    { key: 'audit', label: t('audit'), children: <RecordAudit teacherId={teacherId} /> },
    { key: 'viewers', label: t('viewers'), children: <ViewersPane teacher={teacher.data} /> },
  ];
  return (
    <div className="record-page" key={teacherId}>
      <RecordHead teacher={teacher.data} completeness={completeness.data} marks={marks.data ?? null} />
      {search.asOf && (
        <Alert
          type="info"
          showIcon
          title={t('asOfShown', { day: search.asOf })}
          action={
            <a href="?" onClick={(event) => (event.preventDefault(), change({ asOf: undefined }))}>
              {t('asOfNow')}
            </a>
          }
        />
      )}
      <Tabs
        activeKey={tabs.some(({ key }) => key === search.tab) ? (search.tab ?? 'fill') : 'fill'}
        onChange={(tab) => change({ tab: tab === 'fill' ? undefined : tab, entry: undefined })}
        destroyOnHidden
        items={tabs}
      />
    </div>
  );
}

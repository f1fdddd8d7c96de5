import { formatDay, StatusTag, useSession, useWords } from '@shidang/web-kit';
import { codeName } from '@shidang/catalogue';
import { Link } from '@tanstack/react-router';
import { Button, Empty, Table, type TableColumnsType } from 'antd';
import { Problem } from '../../../app/problem';
import { CursorPager, toFirstPage, useListPage } from '../../../app/cursor-pager';
import { useUrlSearch } from '../../../app/url-state';
import '../teachers.css';
import { standingOf } from '@shidang/web-kit/record';
import { useTeacherList, type TeacherView } from '../teachers-api';
import { words } from '../words';
import { ListFilters, type ListSearch } from './list-filters';

/** 工作方案 五(六): who is on file below one's organisation, by name, state and category; filters and page live in the URL. */
export function TeachersPage() {
  const t = useWords(words);
  const [search, change] = useUrlSearch<(keyof ListSearch & string) | keyof typeof toFirstPage>();
  const place = useListPage();
  const { data, error, isFetching, isLoading, refetch } = useTeacherList({
    limit: place.limit,
    ...(search.organisation && { organisation: search.organisation }),
    ...(search.q && { q: search.q }),
    ...(search.status && { status: search.status as TeacherView['status'] }),
    ...(search.category && { category: search.category as 'kindergarten' }),
    ...(place.cursor && { cursor: place.cursor }),
  });
  const columns = useColumns();
  const filtered = Boolean(search.q ?? search.status ?? search.category ?? search.organisation);
  return (
    <div className="teachers-page">
      <h1>{t('teachers')}</h1>
      <ListFilters search={search} onChange={(next) => change({ ...next, ...toFirstPage })} />
      <Problem error={error} retry={() => void refetch()} />
      <Table<TeacherView>
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={data?.items ?? []}
        loading={isLoading || (isFetching && !data)}
        pagination={false}
        locale={{
          emptyText: data && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(filtered ? 'noneFiltered' : 'noneYet')}>
              {filtered && (
                <Button
                  onClick={() =>
                    change({
                      q: undefined,
                      status: undefined,
                      category: undefined,
                      organisation: undefined,
                      ...toFirstPage,
                    })
                  }
                >
                  {t('clear')}
                </Button>
              )}
            </Empty>
          ),
        }}
      />
      <CursorPager page={data?.page} />
    </div>
  );
}

function useColumns(): TableColumnsType<TeacherView> {
  const t = useWords(words);
  const { post } = useSession();
  const atSchool = post.tier === 'school';
  return [
    {
      title: t('name'),
      render: (_, { id, name }) => (
        <Link to={'/teachers/$teacherId' as string} params={{ teacherId: id } as never} className="teacher-name">
          {name}
        </Link>
      ),
    },
    { title: t('sex'), render: (_, { sex }) => codeName('sex', sex), width: 56 },
    { title: t('birthDate'), dataIndex: 'birthDate', width: 110 },
    { title: t('document'), dataIndex: 'documentMasked', className: 'teachers-number' },
    {
      title: t('code'),
      className: 'teachers-number',
      render: (_, { personalCodeMasked, personalCodeFormal }) =>
        personalCodeFormal ? personalCodeMasked : `${personalCodeMasked}（${t('provisional')}）`,
    },
    ...(atSchool
      ? []
      : [
          { title: t('school'), render: (_: unknown, each: TeacherView) => each.organisationName ?? each.organisation },
        ]),
    {
      title: t('status'),
      render: (_, { status, caseSince, inReview, caseStage }) => (
        <StatusTag
          status={standingOf({ status, inReview })}
          {...(caseSince && (inReview || caseStage?.endsWith('returned')) && { since: caseSince })}
        />
      ),
    },
    { title: t('updated'), render: (_, { updatedAt }) => formatDay(updatedAt), width: 105 },
  ];
}

import type { components } from '@shidang/client';
import { answer, api, formatDay, recordStatuses, StatusTag, statusWords, useSession, useWords } from '@shidang/web-kit';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty, InputNumber, Select, Table, type TableProps } from 'antd';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { usePathParameter, useUrlSearch } from '../../app/url-state';
import { words } from './words';
import './progress.css';

type Row = components['schemas']['ProgressTeacher'];

const turns = ['teacher', 'school', 'authority', 'returned', 'nobody'] as const;

const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((each) => each === text);

/** Who is behind a figure. */
export function ProgressTeachersPage() {
  const t = useWords(words);
  const status = useWords(statusWords);
  const code = usePathParameter('code');
  const [search, change] = useUrlSearch<'turn' | 'status' | 'idleDays'>();
  const { limit, cursor } = useListPage();
  const turn = oneOf(turns, search.turn);
  const chosen = oneOf(recordStatuses, search.status);
  const idleDays = search.idleDays ? Number(search.idleDays) : undefined;
  const query = { turn, status: chosen, idleDays, limit, cursor };
  const { data, error, refetch } = useQuery({
    queryKey: ['progress', code, 'teachers', query],
    queryFn: () => answer(api.GET('/api/v1/progress/{code}/teachers', { params: { path: { code }, query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <h1>
        {t('teachers')}
        <Link className="progress-up" to="/progress" search={{ organisation: code } as never}>
          {t('back')}
        </Link>
      </h1>
      <div className="progress-tools">
        <Select
          aria-label={t('whoseTurn')}
          style={{ width: 180 }}
          value={turn ?? ''}
          onChange={(value) => change({ turn: value || undefined, ...toFirstPage })}
          options={[
            { value: '', label: t('allTurns') },
            ...turns.map((value) => ({ value, label: t(`turn_${value}`) })),
          ]}
        />
        <Select
          aria-label={t('status')}
          style={{ width: 220 }}
          value={chosen ?? ''}
          onChange={(value) => change({ status: value || undefined, ...toFirstPage })}
          options={[
            { value: '', label: t('allStatuses') },
            ...recordStatuses.map((value) => ({ value, label: status(value) })),
          ]}
        />
        <InputNumber
          aria-label={t('idle')}
          placeholder={t('idle')}
          style={{ width: 160 }}
          min={1}
          max={3_650}
          value={idleDays ?? null}
          onChange={(days) => change({ idleDays: days ? String(days) : undefined, ...toFirstPage })}
        />
      </div>
      <Problem error={error} retry={() => void refetch()} />
      {data ? <Teachers items={data.items} /> : !error && <Loading rows={10} />}
      <CursorPager page={data?.page} />
    </>
  );
}

function Teachers({ items }: { readonly items: readonly Row[] }) {
  const t = useWords(words);
  const { can } = useSession();
  const columns: TableProps<Row>['columns'] = [
    {
      key: 'name',
      title: t('teacherName'),
      render: (_, { teacherId, name }) =>
        can('record.read') ? (
          <Link className="name" to={`/teachers/${teacherId}` as never}>
            {name ?? t('nameless')}
          </Link>
        ) : (
          <span className="name">{name ?? t('nameless')}</span>
        ),
    },
    { key: 'school', title: t('school'), render: (_, { schoolName }) => schoolName },
    {
      key: 'status',
      title: t('status'),
      render: (_, { status, movedAt }) => <StatusTag status={status} since={movedAt} />,
    },
    { key: 'turn', title: t('whoseTurn'), render: (_, { turn }) => t(`turn_${turn}`) },
    { key: 'moved', title: t('movedAt'), render: (_, { movedAt }) => formatDay(movedAt) },
  ];
  return (
    <Table<Row>
      rowKey="teacherId"
      size="small"
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      locale={{
        emptyText: (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={`${t('noTeachers')}${'\u3000'}${t('noTeachersNext')}`}
          />
        ),
      }}
    />
  );
}

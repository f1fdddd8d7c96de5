import { answer, api, formatMoment, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Empty, Radio, Table, type TableProps } from 'antd';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { linkOf, routeOf, type Notice } from './notice-link';
import { useReadNotices } from './use-notices';
import { words } from './words';
import '../progress/progress.css';

/** 通知: each leads to what it is about, and is read by following it. */
export function NoticesPage() {
  const t = useWords(words);
  const { message } = App.useApp();
  const [search, change] = useUrlSearch<'unread'>();
  const { limit, cursor } = useListPage();
  const unread = search.unread === 'true' ? ('true' as const) : undefined;
  const { data, error, refetch } = useQuery({
    queryKey: ['notices', 'list', { unread, limit, cursor }],
    queryFn: () => answer(api.GET('/api/v1/notices', { params: { query: { unread, limit, cursor } } })),
    placeholderData: keepPreviousData,
  });
  const { all } = useReadNotices();
  return (
    <>
      <h1>{t('notices')}</h1>
      <div className="progress-tools">
        <Radio.Group
          aria-label={t('show')}
          optionType="button"
          value={unread ?? 'all'}
          onChange={({ target }) => change({ unread: target.value === 'true' ? 'true' : undefined, ...toFirstPage })}
          options={[
            { value: 'all', label: t('all') },
            { value: 'true', label: t('unread') },
          ]}
        />
        <span className="progress-push" />
        <Button
          disabled={!data || data.unreadCount === 0}
          loading={all.isPending}
          onClick={() => all.mutate(undefined, { onSuccess: () => void message.success(t('allRead')) })}
        >
          {t('readAll')}
        </Button>
      </div>
      <Problem error={error ?? all.error} retry={() => void refetch()} />
      {data ? <Notices items={data.items} /> : !error && <Loading rows={8} />}
      <CursorPager page={data?.page} />
    </>
  );
}

function Notices({ items }: { readonly items: readonly Notice[] }) {
  const t = useWords(words);
  const language = useLanguage();
  const { one } = useReadNotices();
  const columns: TableProps<Notice>['columns'] = [
    {
      key: 'what',
      title: t('what'),
      render: (_, notice) => (
        <Link
          {...routeOf(linkOf(notice))}
          className={notice.read ? undefined : 'notice-unread'}
          onClick={() => !notice.read && one.mutate(notice.id)}
        >
          {inLanguage(notice.words, language)}
        </Link>
      ),
    },
    { key: 'at', title: t('at'), width: 180, render: (_, { at }) => formatMoment(at) },
    {
      key: 'read',
      width: 140,
      render: (_, { id, read }) =>
        read ? null : (
          <Button type="link" onClick={() => one.mutate(id)}>
            {t('markRead')}
          </Button>
        ),
    },
  ];
  return (
    <Table<Notice>
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      locale={{
        emptyText: (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${t('empty')}${'\u3000'}${t('emptyNext')}`} />
        ),
      }}
    />
  );
}

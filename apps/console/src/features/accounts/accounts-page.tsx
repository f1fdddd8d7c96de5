import { formatMoment, useKeys, useSession, useWords } from '@shidang/web-kit';
import { useNavigate } from '@tanstack/react-router';
import { Button, Empty, Input, Select, Space, Table, type InputRef, type TableProps } from 'antd';
import { useRef, useState, type RefObject } from 'react';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { words as consoleWords } from '../../app/words';
import { AccountDrawer } from './account-drawer';
import { nameOf, StateOf, type Account, type AccountState, type Role } from './account-state';
import './accounts.css';
import { useAccountCounts, useAccounts } from './accounts-query';
import { NewAccount } from './new-account';
import { haveNoSlips, Reissue } from './reissue';
import { SlipSheet, type Slip } from './slip-sheet';
import { StateCounts } from './state-counts';
import { words } from './words';

/** As POST /activation-slips allows. */
const mostSlips = 200;

/** Who has an account, who has not used it yet, whose slip has run out. */
export function AccountsPage() {
  const [slips, setSlips] = useState<readonly Slip[]>();
  return slips ? <SlipSheet slips={slips} done={() => setSlips(undefined)} /> : <Board issued={setSlips} />;
}

type Search = 'q' | 'role' | 'state' | 'place' | 'open';

function Board({ issued }: { readonly issued: (slips: readonly Slip[]) => void }) {
  const t = useWords(words);
  const { can, me, post, permissions } = useSession();
  const navigate = useNavigate();
  const [search, change] = useUrlSearch<Search | 'cursor' | 'passed'>();
  const { limit, cursor } = useListPage();
  const filter = {
    q: search.q,
    role: search.role as Role | undefined,
    organisation: search.place === 'own' ? post.organisation : undefined,
  };
  const state = search.state as AccountState | undefined;
  const { data, error, refetch, isPending } = useAccounts({
    ...filter,
    state,
    limit,
    cursor,
  });
  const counts = useAccountCounts(filter);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Account>>(new Map());
  const [adding, setAdding] = useState(false);
  const [reissuing, setReissuing] = useState<readonly Account[]>();
  const getsSlip = ({ id, status, posts }: Account) =>
    id !== me.account.id && status !== 'disabled' && posts.length > 0;
  const slipVerb = t(haveNoSlips([...chosen.values()]) ? 'issueSlips' : 'reissue');
  const box = useRef<InputRef>(null);
  const narrow = (next: Partial<Record<Search, string | undefined>>) => change({ ...next, ...toFirstPage });
  const toIssue = () => void navigate({ to: '/accounts/issue' as never });
  useKeys([
    ...(can('account.issue') ? [{ keys: 'N', label: t('keyIssue'), run: toIssue }] : []),
    { keys: '/', label: t('keySearch'), run: () => box.current?.focus() },
  ]);
  return (
    <>
      <div className="accounts-head">
        <h1>{t('title')}</h1>
        {can('account.issue') && (
          <Space>
            <Button onClick={() => setAdding(true)}>{t('newAccount')}</Button>
            <Button type="primary" onClick={toIssue} aria-keyshortcuts="N">
              {t('issue')}
            </Button>
          </Space>
        )}
      </div>
      <StateCounts counts={counts.data} chosen={state} choose={(next) => narrow({ state: next })} />
      <Filters box={box} search={search} narrow={narrow} />
      <Problem error={error} retry={() => void refetch()} />
      <Table
        size="small"
        rowKey="id"
        loading={isPending}
        columns={useColumns((id) => change({ open: id }))}
        dataSource={data?.items ?? []}
        pagination={false}
        rowSelection={
          can('account.issue')
            ? {
                selectedRowKeys: [...chosen.keys()],
                preserveSelectedRowKeys: true,
                getCheckboxProps: (account) =>
                  ({ 'aria-label': nameOf(account), disabled: !getsSlip(account) }) as never,
                onChange: (_, rows) => setChosen(new Map(rows.filter(Boolean).map((row) => [row.id, row]))),
              }
            : undefined
        }
        locale={{ emptyText: data ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('none')} /> : <></> }}
      />
      <CursorPager page={data?.page} />
      {chosen.size > 0 && (
        <div className="accounts-sticky" role="region" aria-label={slipVerb}>
          <span role="status">{t('chosen', { count: chosen.size })}</span>
          {chosen.size > mostSlips && <span>{t('tooMany')}</span>}
          <Button
            type="primary"
            className="accounts-bar-end"
            disabled={chosen.size > mostSlips}
            onClick={() => setReissuing([...chosen.values()])}
          >
            {slipVerb}
          </Button>
        </div>
      )}
      {adding && <NewAccount close={() => setAdding(false)} issued={issued} />}
      {reissuing && <Reissue accounts={reissuing} cancel={() => setReissuing(undefined)} issued={issued} />}
      {search.open && (
        <AccountDrawer
          accountId={search.open}
          close={() => change({ open: undefined })}
          reissue={(account) => setReissuing([account])}
          issuesHere={permissions.issuesHere}
        />
      )}
    </>
  );
}

interface FiltersProps {
  readonly box: RefObject<InputRef | null>;
  readonly search: Readonly<Partial<Record<Search, string>>>;
  readonly narrow: (next: Partial<Record<Search, string | undefined>>) => void;
}

function Filters({ box, search, narrow }: FiltersProps) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  const { permissions, post } = useSession();
  const roles: Role[] = [...permissions.issuesHere, ...(post.tier === 'school' ? (['teacher'] as const) : [])];
  return (
    <div className="accounts-bar" role="search" aria-label={t('filters')}>
      <Input.Search
        key={search.q}
        ref={box}
        allowClear
        aria-label={t('search')}
        placeholder={t('search')}
        defaultValue={search.q}
        onSearch={(q) => narrow({ q: q.trim() })}
        style={{ width: 260 }}
      />
      <Select
        aria-label={t('role')}
        value={search.role ?? ''}
        onChange={(role) => narrow({ role })}
        style={{ width: 150 }}
        options={[
          { value: '', label: t('anyRole') },
          ...roles.map((role) => ({ value: role, label: c(`role_${role}`) })),
        ]}
      />
      {post.tier !== 'school' && (
        <Select
          aria-label={t('place')}
          value={search.place ?? ''}
          onChange={(place) => narrow({ place })}
          style={{ width: 190 }}
          options={[
            { value: '', label: t('anyPlace') },
            { value: 'own', label: t('ownPlace') },
          ]}
        />
      )}
      {(search.q ?? search.role ?? search.place ?? search.state) && (
        <Button
          type="link"
          onClick={() => narrow({ q: undefined, role: undefined, place: undefined, state: undefined })}
        >
          {t('clear')}
        </Button>
      )}
    </div>
  );
}

function useColumns(open: (accountId: string) => void): TableProps<Account>['columns'] {
  const t = useWords(words);
  const c = useWords(consoleWords);
  return [
    { title: t('loginName'), dataIndex: 'loginName' },
    {
      title: t('name'),
      key: 'name',
      render: (_, { name }) => <span className="name">{name ?? t('nobodyYet')}</span>,
    },
    {
      title: t('organisation'),
      key: 'organisation',
      render: (_, { posts, organisation }) =>
        posts.find((each) => each.organisation === organisation)?.organisationName ?? organisation,
    },
    {
      title: t('posts'),
      key: 'posts',
      render: (_, { posts }) =>
        posts.length === 0 ? t('noPosts') : [...new Set(posts.map(({ role }) => c(`role_${role}`)))].join('、'),
    },
    { title: t('state'), key: 'state', render: (_, account) => <StateOf account={account} /> },
    {
      title: t('lastLogIn'),
      key: 'lastLoginAt',
      render: (_, { lastLoginAt }) => (lastLoginAt ? formatMoment(lastLoginAt) : t('never')),
    },
    {
      title: '',
      key: 'open',
      width: 80,
      render: (_, account) => (
        <Button
          type="link"
          size="small"
          onClick={() => open(account.id)}
          aria-label={t('openOf', { name: nameOf(account) })}
        >
          {t('open')}
        </Button>
      ),
    },
  ];
}

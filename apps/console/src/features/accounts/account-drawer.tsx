import { answer, api, formatMoment, RefusedByServer, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Descriptions, Drawer, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { AccountPosts } from './account-posts';
import { nameOf, StateOf, type Account, type Role } from './account-state';
import { accountKey, accountsKey, readAccount } from './accounts-query';
import { words } from './words';

interface AccountDrawerProps {
  readonly accountId: string;
  readonly close: () => void;
  readonly reissue: (account: Account) => void;
  readonly issuesHere: readonly Role[];
}

/** One account: its posts, and what can be done for who cannot log in. */
export function AccountDrawer({ accountId, close, reissue, issuesHere }: AccountDrawerProps) {
  const t = useWords(words);
  const { data, error, refetch } = useQuery({
    queryKey: accountKey(accountId),
    queryFn: () => readAccount(accountId),
  });
  return (
    <Drawer open onClose={close} title={data?.loginName ?? t('open')} size={520} rootClassName="accounts-drawer">
      <Problem error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <>
          <Descriptions
            column={1}
            size="small"
            bordered
            items={[
              { key: 'name', label: t('name'), children: data.name ?? t('nobodyYet') },
              { key: 'state', label: t('state'), children: <StateOf account={data} /> },
              {
                key: 'last',
                label: t('lastLogIn'),
                children: data.lastLoginAt ? formatMoment(data.lastLoginAt) : t('never'),
              },
              { key: 'created', label: t('created'), children: formatMoment(data.createdAt) },
            ]}
          />
          <Verbs account={data} reissue={reissue} />
          <AccountPosts account={data} issuesHere={issuesHere} />
        </>
      )}
    </Drawer>
  );
}

function Verbs({ account, reissue }: { readonly account: Account; readonly reissue: (account: Account) => void }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { me } = useSession();
  const [disabling, setDisabling] = useState(false);
  const settled = () => queries.invalidateQueries({ queryKey: accountsKey });
  const params = { path: { accountId: account.id } };
  const unlock = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/accounts/{accountId}/unlock', { params })),
    onSuccess: () => void message.success(t('unlocked')),
    onSettled: settled,
  });
  const enable = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/api/v1/accounts/{accountId}', {
          params: { ...params, header: { 'If-Match': `"${account.etag}"` } },
          body: { status: 'enabled' },
        }),
      ),
    onSuccess: () => void message.success(t('enabled')),
    onSettled: settled,
  });
  const { state, status, posts } = account;
  const own = account.id === me.account.id;
  return (
    <>
      <Problem error={unlock.error ?? enable.error} />
      <Space wrap style={{ marginTop: 16 }}>
        {status !== 'disabled' && posts.length > 0 && !own && (
          <Button type={state === 'unissued' ? 'primary' : 'default'} onClick={() => reissue(account)}>
            {t(state === 'unissued' ? 'issueSlips' : 'reissueOne')}
          </Button>
        )}
        {state === 'locked' && (
          <Button type="primary" loading={unlock.isPending} onClick={() => unlock.mutate()}>
            {t('unlock')}
          </Button>
        )}
        {status === 'disabled' ? (
          <Button type="primary" loading={enable.isPending} onClick={() => enable.mutate()}>
            {t('enable')}
          </Button>
        ) : own ? null : (
          <Button danger onClick={() => setDisabling(true)}>
            {t('disable')}
          </Button>
        )}
      </Space>
      {disabling && <Disable account={account} close={() => setDisabling(false)} settled={settled} />}
    </>
  );
}

interface DisableProps {
  readonly account: Account;
  readonly close: () => void;
  readonly settled: () => Promise<unknown>;
}

function Disable({ account, close, settled }: DisableProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/api/v1/accounts/{accountId}', {
          params: { path: { accountId: account.id }, header: { 'If-Match': `"${account.etag}"` } },
          body: { status: 'disabled', reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      void message.success(t('disabled'));
      close();
    },
    onError: (failure) => {
      if (failure instanceof RefusedByServer && failure.problem.status === 412) void message.warning(t('version'));
    },
    onSettled: settled,
  });
  return (
    <Modal
      open
      title={t('disableTitle', { name: nameOf(account) })}
      okText={t('disable')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      confirmLoading={isPending}
      onOk={() => mutate()}
      onCancel={close}
    >
      <p>{t('disableWhat')}</p>
      <label htmlFor="disable-reason">{t('reason')}</label>
      <Input
        id="disable-reason"
        autoFocus
        maxLength={200}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Problem error={error} />
    </Modal>
  );
}

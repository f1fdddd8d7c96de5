import { answer, api, formatDay, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { words as consoleWords } from '../../app/words';
import { endOfDay, nameOf, type Account, type Role } from './account-state';
import { accountsKey } from './accounts-query';
import { words } from './words';

type Post = Account['posts'][number];

interface AccountPostsProps {
  readonly account: Account;
  readonly issuesHere: readonly Role[];
}

/** Posts of one account; one log-in, several roles. */
export function AccountPosts({ account, issuesHere }: AccountPostsProps) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  const { post: current } = useSession();
  const [ending, setEnding] = useState<Post>();
  const labelOf = ({ role, organisationName }: Post) => `${organisationName} · ${c(`role_${role}`)}`;
  return (
    <section>
      <h3>{t('posts')}</h3>
      {account.posts.length === 0 && <p>{t('noPosts')}</p>}
      <ul className="accounts-posts">
        {account.posts.map((post) => (
          <li key={post.id}>
            <span>
              {labelOf(post)}
              {post.expiresAt && (
                <span className="accounts-aside"> {t('until', { day: formatDay(post.expiresAt) })}</span>
              )}
            </span>
            {post.role !== 'teacher' && post.id !== current.id && (
              <Button size="small" onClick={() => setEnding(post)} aria-label={t('endPostOf', { post: labelOf(post) })}>
                {t('endPost')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {account.status !== 'disabled' && <Grant account={account} issuesHere={issuesHere} />}
      {ending && <End account={account} post={ending} label={labelOf(ending)} close={() => setEnding(undefined)} />}
    </section>
  );
}

function Grant({ account, issuesHere }: AccountPostsProps) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>();
  const [until, setUntil] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (wanted: Role) =>
      answer(
        api.POST('/api/v1/accounts/{accountId}/posts', {
          params: { path: { accountId: account.id } },
          body: { role: wanted, expiresAt: until ? endOfDay(until) : undefined },
        }),
      ),
    onSuccess: () => {
      void message.success(t('postAdded'));
      setRole(undefined);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: accountsKey }),
  });
  const held = new Set(account.posts.map((post) => post.role));
  const free = issuesHere.filter((each) => !held.has(each));
  return (
    <>
      <h3>{t('addPost')}</h3>
      <p className="accounts-aside">{t('addPostHint')}</p>
      <Problem error={error} />
      <Form layout="inline" onFinish={() => role && mutate(role)}>
        <Form.Item label={t('role')} htmlFor="post-role">
          <Select
            id="post-role"
            value={role}
            onChange={setRole}
            style={{ width: 150 }}
            options={free.map((each) => ({ value: each, label: c(`role_${each}`) }))}
          />
        </Form.Item>
        <Form.Item label={t('expires')} htmlFor="post-until">
          <Input
            id="post-until"
            type="date"
            min={formatDay(new Date())}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </Form.Item>
        <Button htmlType="submit" disabled={!role} loading={isPending}>
          {t('addPost')}
        </Button>
      </Form>
    </>
  );
}

interface EndProps {
  readonly account: Account;
  readonly post: Post;
  readonly label: string;
  readonly close: () => void;
}

function End({ account, post, label, close }: EndProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/accounts/{accountId}/posts/{postId}', {
          params: { path: { accountId: account.id, postId: post.id } },
        }),
      ),
    onSuccess: () => {
      void message.success(t('postEnded'));
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: accountsKey }),
  });
  return (
    <Modal
      open
      title={t('endPostTitle', { name: nameOf(account), post: label })}
      okText={t('endPost')}
      okButtonProps={{ danger: true, autoFocus: true }}
      confirmLoading={isPending}
      onOk={() => mutate()}
      onCancel={close}
    >
      <p>{t('endPostWhat')}</p>
      <Problem error={error} />
    </Modal>
  );
}

import { answer, api, formatDay, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { words as consoleWords } from '../../app/words';
import { endOfDay, type Role } from './account-state';
import { accountsKey } from './accounts-query';
import { IssueProblem } from './issue-problem';
import type { Slip } from './slip-sheet';
import { words } from './words';

interface NewAccountProps {
  readonly close: () => void;
  readonly issued: (slips: readonly Slip[]) => void;
}

/** One more user of the own organisation: an office has several information administrators, each with an account of his own. */
export function NewAccount({ close, issued }: NewAccountProps) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  const queries = useQueryClient();
  const { permissions, post } = useSession();
  const [role, setRole] = useState<Role>();
  const [name, setName] = useState('');
  const [loginName, setLoginName] = useState('');
  const [until, setUntil] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (wanted: Role) =>
      answer(
        api.POST('/api/v1/accounts', {
          body: {
            role: wanted,
            name: name.trim() || undefined,
            loginName: loginName.trim() || undefined,
            expiresAt: until ? endOfDay(until) : undefined,
          },
        }),
      ),
    onSuccess: (slip) => issued([slip]),
    onSettled: () => queries.invalidateQueries({ queryKey: accountsKey }),
  });
  return (
    <Modal
      open
      title={t('newTitle', { organisation: post.organisationName })}
      onCancel={close}
      mask={{ closable: false }}
      footer={[
        <Button key="cancel" onClick={close}>
          {t('cancel')}
        </Button>,
        <Button key="issue" type="primary" form="new-account" htmlType="submit" disabled={!role} loading={isPending}>
          {t('newIssue')}
        </Button>,
      ]}
    >
      <Form id="new-account" layout="vertical" requiredMark={false} onFinish={() => role && mutate(role)}>
        <Form.Item label={t('role')} htmlFor="new-role">
          <Select
            id="new-role"
            autoFocus
            value={role}
            onChange={setRole}
            options={permissions.issuesHere.map((each) => ({ value: each, label: c(`role_${each}`) }))}
          />
        </Form.Item>
        <Form.Item label={t('newName')} htmlFor="new-name" extra={t('newNameHint')}>
          <Input id="new-name" maxLength={50} value={name} onChange={({ target }) => setName(target.value)} />
        </Form.Item>
        <Form.Item label={t('newLoginName')} htmlFor="new-login-name" extra={t('newLoginNameHint')}>
          <Input
            id="new-login-name"
            maxLength={20}
            spellCheck={false}
            suffix={`@${post.organisation}`}
            value={loginName}
            onChange={({ target }) => setLoginName(target.value)}
          />
        </Form.Item>
        <Form.Item label={t('expires')} htmlFor="new-until">
          <Input
            id="new-until"
            type="date"
            min={formatDay(new Date())}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </Form.Item>
      </Form>
      <IssueProblem error={error} leave={close} />
    </Modal>
  );
}

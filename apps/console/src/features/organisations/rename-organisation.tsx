import { answer, api, RefusedByServer, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { organisationsKey, readOrganisation, type Organisation } from './organisations-query';
import { words } from './words';

interface RenameProps {
  readonly organisation: Organisation;
  readonly close: () => void;
}

interface Wish {
  readonly name: string;
  readonly etag: string;
}

const isStale = (error: unknown): boolean => error instanceof RefusedByServer && error.problem.status === 412;

/** The code stays, the name changes; who renamed it meanwhile is shown beside what one typed, and nothing is lost. */
export function RenameOrganisation({ organisation, close }: RenameProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [name, setName] = useState(organisation.name);
  const [theirs, setTheirs] = useState<Organisation>();
  const settled = () => void queries.invalidateQueries({ queryKey: organisationsKey });
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ name: wanted, etag }: Wish) =>
      answer(
        api.PATCH('/api/v1/organisations/{code}', {
          params: { path: { code: organisation.code }, header: { 'If-Match': `"${etag}"` } },
          body: { name: wanted },
        }),
      ),
    onSuccess: ({ name: now }) => {
      void message.success(t('renamed', { name: now }));
      settled();
      close();
    },
    onError: async (failure) => {
      if (isStale(failure)) setTheirs(await readOrganisation(organisation.code));
    },
  });
  const mine = name.trim();
  const submit = () => mine.length >= 2 && mutate({ name: mine, etag: organisation.etag });
  const keepTheirs = () => {
    settled();
    close();
  };
  return (
    <Modal
      open
      title={t('renameOf', { name: organisation.name })}
      okText={t('save')}
      cancelText={t('cancel')}
      onOk={submit}
      onCancel={theirs ? keepTheirs : close}
      okButtonProps={{ disabled: mine.length < 2 || mine === organisation.name || theirs !== undefined }}
      confirmLoading={isPending}
      mask={{ closable: false }}
    >
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item label={t('newName')} htmlFor="new-name" extra={t('renameHint')}>
          <Input
            id="new-name"
            autoFocus
            maxLength={100}
            value={name}
            readOnly={theirs !== undefined}
            onChange={({ target }) => setName(target.value)}
          />
        </Form.Item>
      </Form>
      {theirs && (
        <Alert
          type="warning"
          role="alert"
          title={t('changedMeanwhile', { base: organisation.name, theirs: theirs.name })}
          description={
            <Space wrap>
              <Button onClick={keepTheirs}>{t('keepTheirs', { theirs: theirs.name })}</Button>
              <Button type="primary" onClick={() => mutate({ name: mine, etag: theirs.etag })}>
                {t('keepMine', { mine })}
              </Button>
            </Space>
          }
        />
      )}
      {!isStale(error) && <Problem error={error} />}
    </Modal>
  );
}

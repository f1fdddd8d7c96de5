import { codesOf } from '@shidang/catalogue';
import { answer, api, ErrorSummary, useWords, type FieldError } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { organisationsKey, type Organisation } from './organisations-query';
import { words } from './words';

interface Founding {
  readonly code: string;
  readonly name: string;
  readonly runningType?: string;
  readonly owner?: string;
  readonly urbanRural?: string;
}

const isSchool = (code: string): boolean => /^\d{10}$/.test(code);

const choices = (table: string) =>
  [...codesOf(table)].map(([value, { name }]) => ({ value, label: `${value} ${name}` }));

/** A new authority or school directly below; the form of the code says which. */
export function FoundOrganisation({ below, close }: { readonly below: Organisation; readonly close: () => void }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [founding, setFounding] = useState<Founding>({ code: '', name: '' });
  const [attempt, setAttempt] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Founding) => answer(api.POST('/api/v1/organisations', { body })),
    onSuccess: ({ name }) => {
      void message.success(t('founded', { name }));
      void queries.invalidateQueries({ queryKey: organisationsKey });
      close();
    },
  });
  const { code, name, runningType, owner, urbanRural } = founding;
  const school = isSchool(code.trim());
  const errors: FieldError[] = [
    ...(/^(\d{6}|\d{10})$/.test(code.trim())
      ? []
      : [{ field: 'found-code', label: t('foundCode'), message: t('wrongCode') }]),
    ...(name.trim().length >= 2 ? [] : [{ field: 'found-name', label: t('name'), message: t('shortName') }]),
    ...(school && !runningType
      ? [{ field: 'found-type', label: t('runningType'), message: t('required', { what: t('runningType') }) }]
      : []),
  ];
  const shown = attempt > 0 ? errors : [];
  const fieldOf = (field: string) => {
    const help = shown.find((each) => each.field === field)?.message;
    return { htmlFor: field, help, validateStatus: help && ('error' as const) };
  };
  const submit = () => {
    setAttempt((count) => count + 1);
    const facts = school ? { runningType, owner, urbanRural } : {};
    if (errors.length === 0) mutate({ code: code.trim(), name: name.trim(), ...facts });
  };
  const change = (next: Partial<Founding>) => setFounding((now) => ({ ...now, ...next }));
  return (
    <Modal
      open
      title={`${t('found')} · ${below.name}`}
      okText={t('save')}
      cancelText={t('cancel')}
      onOk={submit}
      onCancel={close}
      confirmLoading={isPending}
      mask={{ closable: false }}
    >
      <ErrorSummary errors={shown} attempt={attempt} />
      <p>{t('foundHint')}</p>
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item label={t('foundCode')} {...fieldOf('found-code')}>
          <Input
            id="found-code"
            autoFocus
            inputMode="numeric"
            maxLength={10}
            value={code}
            onChange={({ target }) => change({ code: target.value })}
          />
        </Form.Item>
        <Form.Item label={t('name')} {...fieldOf('found-name')}>
          <Input
            id="found-name"
            maxLength={100}
            value={name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </Form.Item>
        {school && (
          <>
            <Form.Item label={t('runningType')} {...fieldOf('found-type')}>
              <Select
                id="found-type"
                showSearch={{ optionFilterProp: 'label' }}
                value={runningType}
                onChange={(next: string) => change({ runningType: next })}
                options={choices('schoolRunType')}
              />
            </Form.Item>
            <Form.Item label={t('owner') + t('optional')} {...fieldOf('found-owner')}>
              <Select
                id="found-owner"
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                value={owner}
                onChange={(next?: string) => change({ owner: next })}
                options={choices('schoolOwner')}
              />
            </Form.Item>
            <Form.Item label={t('urbanRural') + t('optional')} {...fieldOf('found-urban')}>
              <Select
                id="found-urban"
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                value={urbanRural}
                onChange={(next?: string) => change({ urbanRural: next })}
                options={choices('urbanRural')}
              />
            </Form.Item>
          </>
        )}
        <button type="submit" hidden tabIndex={-1} />
      </Form>
      <Problem error={error} />
    </Modal>
  );
}

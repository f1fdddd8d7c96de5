import { useWords } from '@shidang/web-kit';
import { Button, Form, Input, Select, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useUrlSearch } from '../../app/url-state';
import { services, type AuditFilter } from './audit-calls';
import { useAuditWords } from './said';
import { words } from './words';

export type AuditKey = 'service' | 'actor' | 'object' | 'action' | 'result' | 'from' | 'to' | 'event';
type Search = Readonly<Partial<Record<AuditKey, string>>>;

const dayForm = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const objectForm = /^[a-z-]+:[\w-]{1,80}$/;
const results = ['done', 'refused'] as const;

/** Days are days in China; the last one is whole. */
const fromDay = (day: string | undefined, plusDays: number): string | undefined =>
  day && dayForm.test(day)
    ? new Date(Date.parse(`${day}T00:00:00+08:00`) + plusDays * 86_400_000).toISOString()
    : undefined;

/** What the URL asks for; what is not well formed there is not asked. */
export function filterIn(search: Search): AuditFilter {
  return {
    service: services.find((each) => each === search.service),
    actor: search.actor && search.actor.length > 1 ? search.actor : undefined,
    object: search.object && objectForm.test(search.object) ? search.object : undefined,
    action: search.action,
    result: results.find((each) => each === search.result),
    from: fromDay(search.from, 0),
    to: fromDay(search.to, 1),
  };
}

/** What auditors ask for most. */
const actions = [
  'records.value.unmask',
  'records.teacher-list.export',
  'records.teacher.register',
  'records.entry.add',
  'records.entry.patch',
  'records.entry.remove',
  'records.change.request',
  'records.import.commit',
  'review.case.read',
  'review.case.decide',
  'review.case.withdraw',
  'review.submission.send-upward',
  'identity.session.create',
  'identity.account.create',
  'identity.account.update',
  'identity.slip.issue',
  'identity.post.grant',
  'identity.post.end',
  'reporting.head-count.confirm',
  'reporting.monthly-report.submit',
] as const;

export function AuditFilters() {
  const t = useWords(words);
  const said = useAuditWords();
  const [search, change] = useUrlSearch<AuditKey>();
  const [typed, setTyped] = useState<Search>(search);
  useEffect(() => setTyped(search), [search]);
  const wrong = {
    from: Boolean(typed.from) && !dayForm.test(typed.from ?? ''),
    to: Boolean(typed.to) && !dayForm.test(typed.to ?? ''),
    object: Boolean(typed.object) && !objectForm.test(typed.object ?? ''),
  };
  const send = () => {
    if (wrong.from || wrong.to || wrong.object) return;
    const { actor, object, from, to } = typed;
    change({ actor: actor?.trim(), object: object?.trim(), from, to, event: undefined });
  };
  const text = (key: 'actor' | 'object' | 'from' | 'to', hint: string, width: number) => (
    <Form.Item
      label={t(key)}
      htmlFor={`audit-${key}`}
      validateStatus={key !== 'actor' && wrong[key] ? 'error' : undefined}
      help={key !== 'actor' && wrong[key] ? t(key === 'object' ? 'wrongObject' : 'wrongDay') : undefined}
    >
      <Input
        id={`audit-${key}`}
        style={{ width }}
        placeholder={hint}
        value={typed[key] ?? ''}
        onChange={({ target }) => setTyped((now) => ({ ...now, [key]: target.value }))}
      />
    </Form.Item>
  );
  return (
    <Form layout="inline" onFinish={send} style={{ rowGap: 8, marginBottom: 12 }}>
      <Select
        aria-label={t('service')}
        style={{ width: 130 }}
        value={search.service ?? 'all'}
        onChange={(next: string) => change({ service: next === 'all' ? undefined : next, event: undefined })}
        options={(['all', ...services] as const).map((each) => ({ value: each, label: t(`service_${each}`) }))}
      />
      <Select<string>
        aria-label={t('action')}
        style={{ width: 170, marginInlineStart: 8 }}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('anyAction')}
        value={search.action}
        onChange={(next?: string) => change({ action: next, event: undefined })}
        options={actions.map((each) => ({ value: each, label: said.action(each) }))}
      />
      <Select<string>
        aria-label={t('result')}
        style={{ width: 120, marginInline: 8 }}
        allowClear
        placeholder={t('anyResult')}
        value={search.result}
        onChange={(next?: string) => change({ result: next, event: undefined })}
        options={results.map((each) => ({ value: each, label: t(`result_${each}`) }))}
      />
      {text('actor', t('actorHint'), 190)}
      {text('object', t('objectHint'), 200)}
      {text('from', t('dayHint'), 130)}
      {text('to', t('dayHint'), 130)}
      <Space>
        <Button type="primary" htmlType="submit">
          {t('search')}
        </Button>
        <Button
          onClick={() =>
            change({
              service: undefined,
              actor: undefined,
              object: undefined,
              action: undefined,
              result: undefined,
              from: undefined,
              to: undefined,
              event: undefined,
            })
          }
        >
          {t('clear')}
        </Button>
      </Space>
    </Form>
  );
}

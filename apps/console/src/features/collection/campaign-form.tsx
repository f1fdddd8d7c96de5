import { answer, api, RefusedByServer, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { campaignOf, type Campaign } from './campaign-card';
import { words } from './words';

const days = ['startsOn', 'dueOn', 'closesOn'] as const;
type Days = Record<(typeof days)[number], string>;

/** For the own organisation and all below, or an extension for one of those right below. */
export function CampaignForm({ close }: { readonly close: () => void }) {
  const t = useWords(words);
  const { post } = useSession();
  const [code, setCode] = useState(post.organisation);
  const below = useQuery({
    queryKey: ['organisations', post.organisation, 'children', 'all'],
    queryFn: () =>
      answer(
        api.GET('/api/v1/organisations/{code}/children', {
          params: { path: { code: post.organisation }, query: { limit: 200 } },
        }),
      ),
  });
  const { data, error } = useQuery(campaignOf(code));
  return (
    <>
      <Form.Item label={t('forWhom')} htmlFor="campaign-for">
        <Select
          id="campaign-for"
          aria-label={t('forWhom')}
          style={{ width: 360 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={code}
          onChange={setCode}
          options={[
            { value: post.organisation, label: t('forAll', { name: post.organisationName }) },
            ...(below.data?.items ?? []).map(({ code: value, name }) => ({ value, label: name })),
          ]}
        />
      </Form.Item>
      <Problem error={error} />
      {data ? <DaysForm key={code} code={code} now={data} close={close} /> : !error && <Loading rows={2} />}
    </>
  );
}

function DaysForm({ code, now, close }: { readonly code: string; readonly now: Campaign; readonly close: () => void }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Days>({
    startsOn: now.startsOn ?? '',
    dueOn: now.dueOn ?? '',
    closesOn: now.closesOn ?? '',
  });
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/campaigns', {
          params: { header: { 'If-Match': now.etag } },
          body: { organisation: code, ...typed },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['campaign'] });
      void message.success(t('saved'));
      close();
    },
    // what was typed stays; the newest version is read, so that the next saving is meant for it
    onError: (refused) => {
      if (refused instanceof RefusedByServer && refused.problem.status === 412)
        void queries.invalidateQueries({ queryKey: ['campaign', code] });
    },
  });
  const stale = save.error instanceof RefusedByServer && save.error.problem.status === 412;
  return (
    <>
      {stale ? <Alert type="warning" showIcon title={t('changed')} /> : <Problem error={save.error} />}
      <Space wrap align="end">
        {days.map((day) => (
          <Form.Item key={day} label={t(day)} htmlFor={`campaign-${day}`} layout="vertical">
            <Input
              id={`campaign-${day}`}
              type="date"
              value={typed[day]}
              onChange={({ target }) => setTyped((before) => ({ ...before, [day]: target.value }))}
            />
          </Form.Item>
        ))}
        <Form.Item>
          <Space>
            <Button
              type="primary"
              loading={save.isPending}
              disabled={days.some((day) => typed[day] === '')}
              onClick={() => save.mutate()}
            >
              {t('save')}
            </Button>
            <Button onClick={close}>{t('cancel')}</Button>
          </Space>
        </Form.Item>
      </Space>
      <p className="progress-quiet">{t('order')}</p>
    </>
  );
}

import { answer, api, formatMoment, formatNumber, RefusedByServer, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Descriptions, InputNumber, Space } from 'antd';
import { useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { words } from './words';

/** A school says how many people it has to collect. */
export function OwnHeadCount({ code }: { readonly code: string }) {
  const t = useWords(words);
  const { can } = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<number | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['head-counts', code],
    queryFn: () => answer(api.GET('/api/v1/organisations/{code}/head-count', { params: { path: { code } } })),
  });
  const declare = useMutation({
    mutationFn: (declared: number) =>
      answer(
        api.PUT('/api/v1/organisations/{code}/head-count', {
          params: { path: { code }, header: { 'If-Match': data?.etag ?? '0' } },
          body: { declared },
        }),
      ),
    onSuccess: async () => {
      setTyped(null);
      await queries.invalidateQueries({ queryKey: ['head-counts'] });
      await queries.invalidateQueries({ queryKey: ['progress'] });
      void message.success(t('declaredOk'));
    },
    onError: (refused) => {
      if (refused instanceof RefusedByServer && refused.problem.status === 412) void refetch();
    },
  });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={3} />;
  const stale = declare.error instanceof RefusedByServer && declare.error.problem.status === 412;
  const people = (n: number | undefined) => (n === undefined ? t('none') : t('people', { n: formatNumber(n) }));
  return (
    <Card size="small">
      <Descriptions size="small" column={3}>
        <Descriptions.Item label={t('declared')}>
          {people(data.declared)} {formatMoment(data.declaredAt)}
        </Descriptions.Item>
        <Descriptions.Item label={t('confirmed')}>
          {people(data.confirmed)} {formatMoment(data.confirmedAt)}
        </Descriptions.Item>
        <Descriptions.Item label={t('inForce')}>{people(data.inForce)}</Descriptions.Item>
      </Descriptions>
      {stale ? <Alert type="warning" showIcon title={t('changed')} /> : <Problem error={declare.error} />}
      {can('headcount.declare') && (
        <Space>
          <InputNumber
            aria-label={t('headCount')}
            min={0}
            max={20_000}
            precision={0}
            value={typed}
            placeholder={data.declared === undefined ? undefined : String(data.declared)}
            onChange={setTyped}
            onPressEnter={() => typed !== null && declare.mutate(typed)}
          />
          <Button
            type="primary"
            disabled={typed === null}
            loading={declare.isPending}
            onClick={() => typed !== null && declare.mutate(typed)}
          >
            {t(data.declared === undefined ? 'declare' : 'declareAgain')}
          </Button>
        </Space>
      )}
    </Card>
  );
}

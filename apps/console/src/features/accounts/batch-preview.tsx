import { answer, api, useWords } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { words as consoleWords } from '../../app/words';
import { coverageKey } from './coverage';
import { IssueProblem } from './issue-problem';
import { batchOf, type Ticks } from './ticks';
import { issueWords } from './words';

type Row = components['schemas']['AccountBatchRow'];
export type Issued = components['schemas']['AccountBatchIssued'];

interface BatchPreviewProps {
  readonly ticks: Ticks;
  readonly cancel: () => void;
  readonly issued: (batch: Issued) => void;
}

/** The server says what a batch would do, before it does it. */
export function BatchPreview({ ticks, cancel, issued }: BatchPreviewProps) {
  const t = useWords(issueWords);
  const queries = useQueryClient();
  const body = batchOf(ticks);
  const { data, error } = useQuery({
    queryKey: ['account-batch-preview', body],
    queryFn: () => answer(api.POST('/api/v1/account-batches/preview', { body })),
    gcTime: 0,
    staleTime: 0,
  });
  const issue = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/account-batches', { body })),
    onSuccess: issued,
    onError: () => void queries.invalidateQueries({ queryKey: coverageKey }),
  });
  const toIssue = data?.toIssue ?? 0;
  return (
    <Modal
      open
      title={t('previewTitle')}
      onCancel={cancel}
      footer={[
        <Button key="cancel" onClick={cancel}>
          {t('cancel')}
        </Button>,
        // drawn when there is something to confirm, so that it gets the focus then
        toIssue > 0 && (
          <Button key="confirm" type="primary" autoFocus loading={issue.isPending} onClick={() => issue.mutate()}>
            {t('confirm', { count: toIssue })}
          </Button>
        ),
      ]}
      keyboard={!issue.isPending}
      mask={{ closable: false }}
    >
      <Problem error={error} />
      <IssueProblem error={issue.error} leave={cancel} />
      {!data && !error && <Loading rows={3} />}
      {data && toIssue === 0 && <Alert type="info" showIcon title={t('nothingToIssue')} />}
      {data && toIssue > 0 && (
        <section>
          <h3>{t('toIssue', { count: toIssue })}</h3>
          <Names rows={data.rows.filter((row) => row.outcome === 'issue')} />
        </section>
      )}
      {data && data.skipped > 0 && (
        <section>
          <h3>{t('skipped', { count: data.skipped })}</h3>
          <Names rows={data.rows.filter((row) => row.outcome === 'exists')} />
        </section>
      )}
    </Modal>
  );
}

const shown = 12;

function Names({ rows }: { readonly rows: readonly Row[] }) {
  const t = useWords(issueWords);
  const c = useWords(consoleWords);
  return (
    <ul className="accounts-names">
      {rows.slice(0, shown).map(({ organisation, organisationName, role }) => (
        <li key={`${role}@${organisation}`}>
          {organisationName} · {c(`role_${role}`)}
        </li>
      ))}
      {rows.length > shown && <li>{t('more', { count: rows.length })}</li>}
    </ul>
  );
}

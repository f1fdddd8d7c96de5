import type { components } from '@shidang/client';
import { answer, api, formatMoment, formatNumber, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Empty, Modal, Table, type TableColumnsType } from 'antd';
import { CursorPager, useListPage } from '../../app/cursor-pager';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import type { CaseSummary } from './review-filter';
import './review.css';
import { useToSend } from './to-send';
import { words } from './words';

type Receipt = components['schemas']['ReceiptSummary'];

/** 报送: what the school has approved goes upward at once, and every submission leaves a receipt. */
export function SubmissionsPage() {
  const t = useWords(words);
  const { post } = useSession();
  return (
    <div>
      <h1>{t('submissions')}</h1>
      <p className="review-note">{t('contentHashWhat')}</p>
      {post.tier === 'school' && <Waiting />}
      <Receipts />
    </div>
  );
}

function Waiting() {
  const t = useWords(words);
  const queries = useQueryClient();
  const { data, error, isPending } = useToSend();
  const send = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/submissions', { body: {} })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['review'] }),
  });
  const count = data?.page.total ?? 0;
  const columns: TableColumnsType<CaseSummary> = [
    { title: t('teacher'), render: (_, item) => <span className="name">{item.teacherName}</span> },
    { title: t('submittedAt'), render: (_, item) => formatMoment(item.submittedAt) },
    { title: t('contentHash'), render: (_, item) => <code>{item.contentHash.slice(0, 16)}</code> },
  ];
  return (
    <section className="review-to-send">
      <h2>{t('toSend')}</h2>
      <Problem error={error ?? send.error} />
      {send.data && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('sent', { receipt: send.data.receipt })}
          description={`${t('contentHash')} ${send.data.contentHash}`}
        />
      )}
      <Table
        rowKey="id"
        size="small"
        loading={isPending}
        columns={columns}
        dataSource={data?.items ?? []}
        pagination={false}
        locale={{
          emptyText: (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('nothingToSend')}>
              <p>{t('nothingToSendWhy')}</p>
            </Empty>
          ),
        }}
      />
      {count > 0 && (
        <Button type="primary" loading={send.isPending} onClick={() => send.mutate()}>
          {t('send', { count: formatNumber(count) })}
        </Button>
      )}
    </section>
  );
}

function Receipts() {
  const t = useWords(words);
  const { limit, cursor } = useListPage();
  const [{ receipt }, change] = useUrlSearch<'receipt'>();
  const { data, error, isPending } = useQuery({
    queryKey: ['review', 'receipts', limit, cursor],
    queryFn: () =>
      answer(api.GET('/api/v1/submissions', { params: { query: { limit, ...(cursor ? { cursor } : {}) } } })),
  });
  const columns: TableColumnsType<Receipt> = [
    {
      title: t('receipt'),
      render: (_, item) => (
        <Button type="link" className="review-receipt" onClick={() => change({ receipt: item.receipt })}>
          {item.receipt}
        </Button>
      ),
    },
    { title: t('organisation'), render: (_, item) => item.organisationName ?? item.organisation },
    { title: t('authority'), render: (_, item) => item.authorityName ?? item.authority },
    { title: t('count'), align: 'right', render: (_, item) => formatNumber(item.count) },
    { title: t('sentAt'), render: (_, item) => formatMoment(item.sentAt) },
    { title: t('sentBy'), render: (_, item) => <span className="name">{item.sentByName}</span> },
  ];
  return (
    <section className="review-receipts">
      <h2>{t('receipts')}</h2>
      <Problem error={error} />
      <Table
        rowKey="receipt"
        size="small"
        loading={isPending}
        columns={columns}
        dataSource={data?.items ?? []}
        pagination={false}
        locale={{
          emptyText: (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noReceipts')}>
              <p>{t('noReceiptsWhy')}</p>
            </Empty>
          ),
        }}
      />
      <CursorPager page={data?.page} />
      {receipt && <OneReceipt receipt={receipt} onClose={() => change({ receipt: undefined })} />}
    </section>
  );
}

function OneReceipt({ receipt, onClose }: { readonly receipt: string; readonly onClose: () => void }) {
  const t = useWords(words);
  const { data, error } = useQuery({
    queryKey: ['review', 'receipt', receipt],
    queryFn: () => answer(api.GET('/api/v1/submissions/{receipt}', { params: { path: { receipt } } })),
  });
  return (
    <Modal
      open
      width={640}
      title={t('receiptTitle')}
      onCancel={onClose}
      cancelText={t('close')}
      okText={t('print')}
      onOk={() => window.print()}
    >
      <Problem error={error} />
      {data && (
        <Descriptions
          column={1}
          bordered
          size="small"
          items={[
            { key: 'receipt', label: t('receipt'), children: data.receipt },
            { key: 'organisation', label: t('organisation'), children: data.organisation },
            { key: 'authority', label: t('authority'), children: data.authority },
            { key: 'count', label: t('count'), children: formatNumber(data.count) },
            { key: 'sentAt', label: t('sentAt'), children: formatMoment(data.sentAt) },
            { key: 'hash', label: t('contentHash'), children: <code className="review-hash">{data.contentHash}</code> },
          ]}
        />
      )}
    </Modal>
  );
}

import { formatMoment, ToneTag, useWords } from '@shidang/web-kit';
import { Alert, Button, Empty, Space, Table, type TableColumnsType } from 'antd';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { words as consoleWords } from '../../app/words';
import { useAuditEvents } from './audit-calls';
import { ChainPanel } from './chain-panel';
import { AuditFilters, filterIn, type AuditKey } from './audit-filters';
import { EventDetail } from './event-detail';
import { useFieldWords } from './field-words';
import type { AuditEvent } from './merged-trails';
import { saidOfItself, useAuditWords } from './said';
import { words } from './words';

/** Who did what, over all services, newest first; filters and the open event are in the URL. */
export function AuditPage() {
  const t = useWords(words);
  const said = useAuditWords();
  const [search] = useUrlSearch<AuditKey>();
  const { events, total, totalIsExact, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useAuditEvents(filterIn(search));
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <ChainPanel />
      <AuditFilters />
      {search.object && (
        <Alert
          type="info"
          showIcon
          title={t('trailOf', { object: said.object(search.object) })}
          style={{ marginBottom: 12 }}
        />
      )}
      <Problem error={error} retry={() => void refetch()} />
      {!events && !error && <Loading />}
      {events && <EventTable events={events} />}
      {events && events.length > 0 && (
        <Space style={{ marginTop: 12, width: '100%', justifyContent: 'flex-end' }}>
          <span role="status">{t(totalIsExact ? 'shownOf' : 'shownOfAbout', { shown: events.length, total })}</span>
          {hasNextPage ? (
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('more')}
            </Button>
          ) : (
            <span>{t('end')}</span>
          )}
        </Space>
      )}
      <EventDetail events={events ?? []} />
    </>
  );
}

function EventTable({ events }: { readonly events: readonly AuditEvent[] }) {
  const t = useWords(words);
  const roles = useWords(consoleWords);
  const said = useAuditWords();
  const fieldWords = useFieldWords();
  const [, change] = useUrlSearch<AuditKey>();
  const columns: TableColumnsType<AuditEvent> = [
    {
      key: 'at',
      title: t('at'),
      width: 150,
      render: (_, { id, at, action }) => (
        <Button
          type="link"
          size="small"
          aria-label={t('open', { at: formatMoment(at), action: said.action(action) })}
          onClick={() => change({ event: id })}
        >
          {formatMoment(at)}
        </Button>
      ),
    },
    {
      key: 'who',
      title: t('who'),
      render: (_, { actor, ...event }) =>
        actor ? (
          <>
            <div className="name">{actor.name ?? actor.loginName ?? actor.accountId}</div>
            <small>
              {[actor.organisationName, actor.role && roles(`role_${actor.role as 'auditor'}`)]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </>
        ) : (
          <span className="name">{saidOfItself(event) ?? t('nobody')}</span>
        ),
    },
    { key: 'action', title: t('action'), render: (_, { action }) => said.action(action) },
    {
      key: 'object',
      title: t('object'),
      render: (_, { object, objectLabel }) =>
        object && <span style={{ wordBreak: 'break-all' }}>{said.object(object, objectLabel)}</span>,
    },
    {
      key: 'fields',
      title: t('fields'),
      render: (_, { fields = [] }) =>
        `${fields.slice(0, 3).map(fieldWords).join('、')}${fields.length > 3 ? ` +${fields.length - 3}` : ''}`,
    },
    {
      key: 'organisation',
      title: t('organisation'),
      width: 160,
      render: (_, { organisation, organisationName }) => organisationName ?? organisation,
    },
    {
      key: 'result',
      title: t('result'),
      width: 110,
      render: (_, { result }) =>
        result === 'done' ? (
          <ToneTag tone="done">{t('result_done')}</ToneTag>
        ) : (
          <ToneTag tone="problem">{t('result_refused')}</ToneTag>
        ),
    },
  ];
  return (
    <Table
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...events]}
      pagination={false}
      onRow={({ id }) => ({ onClick: () => change({ event: id }), style: { cursor: 'pointer' } })}
      locale={{
        emptyText: (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={
              <>
                <div>{t('none')}</div>
                <div>{t('noneNext')}</div>
              </>
            }
          />
        ),
      }}
    />
  );
}

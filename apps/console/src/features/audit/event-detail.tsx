import { formatMoment, useWords } from '@shidang/web-kit';
import { Button, Descriptions, Drawer, Space } from 'antd';
import type { ReactNode } from 'react';
import { useUrlSearch } from '../../app/url-state';
import { words as consoleWords } from '../../app/words';
import type { AuditKey } from './audit-filters';
import { useFieldWords } from './field-words';
import type { AuditEvent } from './merged-trails';
import { saidOfItself, useAuditWords } from './said';
import { words } from './words';

/** One event, whole, and the ways on: everything about the object, the record, the account. */
export function EventDetail({ events }: { readonly events: readonly AuditEvent[] }) {
  const t = useWords(words);
  const [search, change] = useUrlSearch<AuditKey>();
  const event = events.find(({ id }) => id === search.event);
  return (
    <Drawer
      open={event !== undefined}
      onClose={() => change({ event: undefined })}
      size={560}
      destroyOnHidden
      title={t('detail')}
    >
      {event && <WaysOn event={event} />}
      {event && <Facts event={event} />}
    </Drawer>
  );
}

function WaysOn({ event: { object, concerns, actor } }: { readonly event: AuditEvent }) {
  const t = useWords(words);
  const [, change] = useUrlSearch<AuditKey>();
  const none = { event: undefined, action: undefined, result: undefined, service: undefined } as const;
  const about = (of: string) => change({ ...none, object: of, actor: undefined });
  return (
    <Space wrap style={{ marginBottom: 16 }}>
      {concerns && (
        <Button type="primary" onClick={() => about(concerns)}>
          {t('ofConcerns')}
        </Button>
      )}
      {object && <Button onClick={() => about(object)}>{t('ofObject')}</Button>}
      {actor && (
        <Button onClick={() => change({ ...none, object: undefined, actor: actor.loginName ?? actor.accountId })}>
          {t('ofActor')}
        </Button>
      )}
    </Space>
  );
}

function Facts({ event }: { readonly event: AuditEvent }) {
  const t = useWords(words);
  const roles = useWords(consoleWords);
  const said = useAuditWords();
  const fieldWords = useFieldWords();
  const { actor } = event;
  const facts: [key: Parameters<typeof t>[0], value: ReactNode][] = [
    ['at', formatMoment(event.at)],
    ['action', `${said.action(event.action)}（${event.action}）`],
    ['result', event.result === 'done' ? t('result_done') : t('refusedWith', { code: event.result })],
    [
      'who',
      actor
        ? [
            actor.name,
            actor.loginName ?? actor.accountId,
            actor.role && roles(`role_${actor.role as 'auditor'}`),
            actor.organisationName,
          ]
            .filter(Boolean)
            .join(' · ')
        : (saidOfItself(event) ?? t('nobody')),
    ],
    ['object', event.object && [said.object(event.object), event.objectLabel].filter(Boolean).join(' · ')],
    ['belongsTo', event.concerns && said.object(event.concerns)],
    ['organisation', [event.organisationName, event.organisation].filter(Boolean).join(' · ')],
    ['fields', event.fields?.map(fieldWords).join('、')],
    ['reason', event.reason],
    ['before', event.beforeHash],
    ['after', event.afterHash],
    ['address', event.address],
    ['service', t(`service_${event.service}`)],
    ['trace', event.traceId],
    ['id', event.id],
  ];
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      items={facts.flatMap(([key, value]) =>
        value ? [{ key, label: t(key), children: <span style={{ wordBreak: 'break-all' }}>{value}</span> }] : [],
      )}
    />
  );
}

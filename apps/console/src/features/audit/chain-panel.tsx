import { formatMoment, formatNumber, ToneTag, useWords } from '@shidang/web-kit';
import { Collapse, Table, type TableColumnsType } from 'antd';
import { useAuditChains, type AuditChain } from './chain-calls';
import { useAuditWords } from './said';
import { words } from './words';

type Row = ReturnType<typeof useAuditChains>[number];
const tones = { intact: 'done', tampered: 'problem', unchecked: 'waiting' } as const;

/** Whether anybody has changed the trail behind the system's back: one line, and per service how it stands. */
export function ChainPanel() {
  const t = useWords(words);
  const rows = useAuditChains();
  const bad = rows.filter(({ chain }) => chain?.state === 'tampered');
  const isOpen = bad.length > 0 || rows.some(({ isSilent }) => isSilent);
  const known = rows.filter(({ chain }) => chain?.state === 'intact').length;
  const silent = rows.filter(({ isSilent }) => isSilent).length;
  const said = bad.length > 0 ? t('chain_bad') : t('chain_summary', { known, of: rows.length });
  const summary = silent > 0 ? t('chain_unanswered', { said, silent }) : said;
  return (
    <Collapse
      key={String(isOpen)}
      size="small"
      style={{ marginBottom: 12 }}
      defaultActiveKey={isOpen ? ['chain'] : []}
      items={[{ key: 'chain', label: t('chain_line', { summary }), children: <ChainTable rows={rows} /> }]}
    />
  );
}

function ChainTable({ rows }: { readonly rows: readonly Row[] }) {
  const t = useWords(words);
  const columns: TableColumnsType<Row> = [
    { key: 'service', title: t('service'), render: (_, { service }) => t(`service_${service}`) },
    {
      key: 'state',
      title: t('chain_state'),
      render: (_, { chain, isSilent }) => {
        if (isSilent) return <ToneTag tone="problem">{t('chain_silent')}</ToneTag>;
        return chain && <ToneTag tone={tones[chain.state]}>{t(`chain_${chain.state}`)}</ToneTag>;
      },
    },
    {
      key: 'sealed',
      title: t('chain_sealed'),
      align: 'right',
      render: (_, { chain }) => chain && formatNumber(chain.head?.total ?? 0),
    },
    {
      key: 'head',
      title: t('chain_head'),
      render: (_, { chain }) => chain?.head && `${formatMoment(chain.head.at)} · ${chain.head.hash.slice(0, 12)}`,
    },
    { key: 'check', title: t('chain_check'), render: (_, { chain }) => chain && <Checked chain={chain} /> },
  ];
  return (
    <>
      <p>{t('chain_intro')}</p>
      <Table size="small" rowKey="service" columns={columns} dataSource={[...rows]} pagination={false} />
    </>
  );
}

function Checked({ chain: { check } }: { readonly chain: AuditChain }) {
  const t = useWords(words);
  const { flaw } = useAuditWords();
  if (!check) return t('chain_none');
  const { firstFlaw, at, rows } = check;
  return (
    <>
      <div>{t('chain_covers', { at: formatMoment(at), rows: formatNumber(rows) })}</div>
      {firstFlaw && (
        <div role="alert">
          {t('chain_first', {
            row: firstFlaw.row ?? firstFlaw.after ?? '–',
            sequence: firstFlaw.sequence,
            why: flaw(firstFlaw.why),
          })}
        </div>
      )}
    </>
  );
}

import { answer, api, ToneTag, useLanguage, useWords, type Tone } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Input, Popover, Select, Space, Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import type { Mending } from './mending/use-mending';
import { words } from './words';

export type Cause = components['schemas']['ImportCause'];

const tones: Readonly<Record<Cause['severity'], Tone>> = { error: 'problem', serious: 'returned', warning: 'waiting' };

export const useCauses = (importId: string) =>
  useQuery({
    queryKey: ['imports', 'causes', importId],
    queryFn: () => answer(api.GET('/api/v1/imports/{importId}/causes', { params: { path: { importId } } })),
  });

/** The sheets with their columns; only whoever uploaded may see them. */
export const useSheets = (importId: string) =>
  useQuery({
    queryKey: ['imports', 'sheets', importId],
    queryFn: () => answer(api.GET('/api/v1/imports/{importId}/sheets', { params: { path: { importId } } })),
  });

interface CausesTableProps {
  readonly importId: string;
  /** Absent: only looked at. */
  readonly mending?: Mending;
  readonly onShow?: (cause: Cause) => void;
}

/** 「大学本课 37 处 → 全部改为 大学本科」: equal mistakes are one line, mended at once. */
export function CausesTable({ importId, mending, onShow }: CausesTableProps) {
  const t = useWords(words);
  const language = useLanguage();
  const { data, error, isPending, refetch } = useCauses(importId);
  const columns: ColumnsType<Cause> = [
    {
      title: t('sheet'),
      key: 'sheet',
      width: 130,
      render: (_, { sheet, count, row, person }) => (
        <>
          {sheet}
          {count === 1 && row !== undefined && (
            <small className="imports-whose">
              {t('inRow', { row })} <span className="name">{person}</span>
            </small>
          )}
        </>
      ),
    },
    {
      title: t('column'),
      key: 'column',
      width: 150,
      render: (_, { column, label }) => [column, label ?? (column && t('untitled'))].filter(Boolean).join(' '),
    },
    { title: t('content'), key: 'from', width: 150, render: (_, { from, shown }) => from ?? shown ?? '' },
    {
      title: t('problem'),
      key: 'problem',
      render: (_, { severity, detail, detailEn }) => (
        <Space align="start">
          <ToneTag tone={tones[severity]}>{t(`severity_${severity}`)}</ToneTag>
          <span>{language === 'en' ? detailEn : detail}</span>
        </Space>
      ),
    },
    { title: t('places'), dataIndex: 'count', width: 70, align: 'right' },
    {
      title: t('action'),
      key: 'action',
      width: 330,
      render: (_, cause) => (
        <div className="imports-fixes">
          {mending && <FixAll cause={cause} mending={mending} importId={importId} />}
          {onShow && cause.row !== undefined && (
            <Button
              size="small"
              aria-label={t('seeAt', { sheet: cause.sheet, place: `${cause.column ?? ''}${cause.row}` })}
              onClick={() => onShow(cause)}
            >
              {t('see')}
            </Button>
          )}
        </div>
      ),
    },
  ];
  return (
    <>
      <Problem error={error} retry={() => void refetch()} />
      <Table
        rowKey={({ sheet, column, code, from, row }) => [sheet, column, code, from, row].join('/')}
        size="small"
        columns={columns}
        dataSource={data?.causes}
        loading={isPending && !error}
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </>
  );
}

interface FixAllProps {
  readonly importId: string;
  readonly cause: Cause;
  readonly mending: Mending;
}

/** The server changes so many cells in one request; what would be refused is not offered. */
const mostReplaced = 1_000;

function FixAll({ importId, cause, mending }: FixAllProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const replacing = useMutation({
    mutationFn: (to: string) => {
      const { sheet, column, code, from } = cause;
      return mending.replace({ sheet, column: column!, code, from: from!, to });
    },
    onSuccess: (count) => {
      setIsOpen(false);
      void message.success(t('changedCells', { count }));
    },
  });
  if (cause.from === undefined || cause.column === undefined) return null;
  if (cause.count > mostReplaced) return <span>{t('tooManyToReplace', { count: mostReplaced })}</span>;
  const to = cause.suggestion && (cause.suggestion.to ?? '');
  return (
    <>
      {to !== undefined && (
        <Button size="small" type="primary" ghost loading={replacing.isPending} onClick={() => replacing.mutate(to)}>
          {to === '' ? t('clearAll') : t('fixAll', { to })}
        </Button>
      )}
      <Popover
        trigger="click"
        placement="bottomRight"
        open={isOpen}
        onOpenChange={setIsOpen}
        title={t('changeAllTo', { from: cause.from })}
        content={
          <Space.Compact>
            <NewContent
              importId={importId}
              cause={cause}
              value={typed}
              onChange={setTyped}
              onEnter={() => replacing.mutate(typed)}
            />
            <Button type="primary" loading={replacing.isPending} onClick={() => replacing.mutate(typed)}>
              {t('apply')}
            </Button>
          </Space.Compact>
        }
      >
        <Button size="small">{t('changeAll')}</Button>
      </Popover>
      <Problem error={replacing.error} />
    </>
  );
}

interface NewContentProps {
  readonly importId: string;
  readonly cause: Cause;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** Chosen where the indicator has a code table that is not too long, else typed. */
function NewContent({ importId, cause, value, onChange, onEnter }: NewContentProps) {
  const t = useWords(words);
  const { data } = useSheets(importId);
  const label = t('changeAllTo', { from: cause.from ?? '' });
  const columns = data?.sheets.find(({ sheet }) => sheet === cause.sheet)?.columns;
  const choices = columns?.find(({ column }) => column === cause.column)?.choices;
  if (!choices)
    return (
      <Input
        aria-label={label}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onPressEnter={onEnter}
        autoFocus
      />
    );
  return (
    <Select
      aria-label={label}
      className="imports-choice"
      showSearch
      autoFocus
      placeholder={t('choose')}
      value={value || undefined}
      onChange={onChange}
      options={choices.map((each) => ({ value: each, label: each }))}
    />
  );
}

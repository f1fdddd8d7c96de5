import { formatNumber, ToneTag, useLanguage, useWords } from '@shidang/web-kit';
import { Alert, Button, Select, Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { useState } from 'react';
import { placeOf, type Choice, type Choices, type HeaderColumn, type HeaderSheet } from './choices';
import { words } from './words';

const notImported = '-';

interface ColumnTableProps {
  readonly sheet: HeaderSheet;
  readonly choices: Choices;
  /** Sure columns are shown from the beginning. */
  readonly isOpen: boolean;
  /** Names of required indicators no column holds. */
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  readonly onChoose: (place: string, choice: Choice) => void;
}

/** Columns of one sheet: what the file says, what stands there, what it is. Sure ones are folded away; a sheet with nothing to say is one line. */
export function ColumnTable({ sheet, choices, isOpen, missing, doubled, onChoose }: ColumnTableProps) {
  const t = useWords(words);
  const [unfolded, unfold] = useState(isOpen);
  const english = useLanguage() === 'en';
  const inDoubt = sheet.columns.filter(({ isSure }) => !isSure);
  const shown = unfolded ? sheet.columns : inDoubt;
  const sure = sheet.columns.length - inDoubt.length;
  if (inDoubt.length === 0 && missing.length === 0 && !isOpen && !unfolded) return null;
  const options = [
    { value: notImported, label: t('notImported'), search: t('notImported') },
    ...sheet.targets.map(({ indicator, label, labelEn, isRequired }) => ({
      value: indicator,
      label: `${english ? labelEn : label}${isRequired ? ' *' : ''}`,
      search: `${label} ${labelEn}`.toLowerCase(),
    })),
  ];
  const columns: ColumnsType<HeaderColumn> = [
    { title: t('sheet'), key: 'sheet', width: 120, render: () => sheet.sheet },
    {
      title: t('column'),
      key: 'column',
      width: 220,
      render: (_, { column, title, values }) => (
        <>
          <strong>{`${column} ${title}`}</strong>{' '}
          <span className="imports-note">{t('values', { count: formatNumber(values) })}</span>
        </>
      ),
    },
    { title: t('sample'), key: 'sample', render: (_, { samples }) => samples.join(' · ') },
    {
      title: t('reason'),
      key: 'why',
      width: 190,
      render: (_, { why, isSure }) => <ToneTag tone={isSure ? 'done' : 'waiting'}>{t(`why_${why}`)}</ToneTag>,
    },
    {
      title: t('indicator'),
      key: 'indicator',
      width: 280,
      render: (_, { column, title }) => {
        const place = placeOf(sheet.sheet, column);
        const choice = choices[place];
        const isDoubled = typeof choice === 'string' && doubled.includes(choice);
        return (
          <div data-place={place}>
            <Select
              aria-label={t('indicatorFor', { sheet: sheet.sheet, column: `${column} ${title}` })}
              showSearch
              style={{ width: '100%' }}
              placeholder={t('choose')}
              status={choice === undefined || isDoubled ? 'warning' : undefined}
              value={choice === null ? notImported : choice}
              options={options}
              filterOption={(typed, option) => option?.search.includes(typed.trim().toLowerCase()) ?? false}
              onChange={(value: string) => onChoose(place, value === notImported ? null : value)}
            />
            {isDoubled && <div role="alert">{t('doubled')}</div>}
          </div>
        );
      },
    },
  ];
  return (
    <>
      <h2 className="imports-heading">{sheet.sheet}</h2>
      {missing.length > 0 && <Alert type="warning" showIcon title={t('missing', { labels: missing.join('、') })} />}
      {shown.length > 0 && (
        <Table rowKey="column" size="small" pagination={false} columns={columns} dataSource={[...shown]} />
      )}
      {sure > 0 && (
        <p>
          <Button type="link" size="small" aria-expanded={unfolded} onClick={() => unfold(!unfolded)}>
            {t(unfolded ? 'foldSure' : 'showSure', { count: formatNumber(sure) })}
          </Button>
        </p>
      )}
    </>
  );
}

import { formatNumber, ToneTag, useLanguage, useWords } from '@shidang/web-kit';
import { Alert, Button, Select, Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { useState } from 'react';
import {
  doubled,
  placeOf,
  stillMissing,
  type Choice,
  type Choices,
  type HeaderColumn,
  type HeaderSheet,
} from './choices';
import { words } from './words';

const notImported = '-';

interface ColumnTableProps {
  readonly sheet: HeaderSheet;
  readonly choices: Choices;
  /** Sure columns are shown from the beginning. */
  readonly isOpen: boolean;
  readonly onChoose: (place: string, choice: Choice) => void;
}

/** Columns of one sheet: what the file says, what stands there, what it is. Sure ones are folded away; a sheet with nothing to say is not shown. */
export function ColumnTable({ sheet, choices, isOpen, onChoose }: ColumnTableProps) {
  const t = useWords(words);
  const [unfolded, unfold] = useState(isOpen);
  const english = useLanguage() === 'en';
  const columns = useColumns(sheet, choices, onChoose);
  const inDoubt = sheet.columns.filter(({ isSure }) => !isSure);
  const sure = sheet.columns.length - inDoubt.length;
  const missing = stillMissing(sheet, choices).map((key) => {
    const target = sheet.targets.find(({ indicator }) => indicator === key);
    return (english ? target?.labelEn : target?.label) ?? key;
  });
  if (inDoubt.length === 0 && missing.length === 0 && !isOpen && !unfolded) return null;
  const shown = unfolded ? sheet.columns : inDoubt;
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

function useColumns(
  sheet: HeaderSheet,
  choices: Choices,
  onChoose: ColumnTableProps['onChoose'],
): ColumnsType<HeaderColumn> {
  const t = useWords(words);
  const twice = doubled(sheet, choices);
  return [
    { title: t('sheet'), key: 'sheet', width: 110, render: () => sheet.sheet },
    {
      title: t('column'),
      key: 'column',
      width: 230,
      render: (_, { column, title, values }) => (
        <>
          <strong>{`${column} ${title || t('untitled')}`}</strong>{' '}
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
      width: 290,
      render: (_, column) => {
        const place = placeOf(sheet.sheet, column.column);
        const choice = choices[place];
        return (
          <div data-place={place}>
            <TargetSelect sheet={sheet} column={column} choice={choice} onChoose={(next) => onChoose(place, next)} />
            {typeof choice === 'string' && twice.includes(choice) && <div role="alert">{t('doubled')}</div>}
          </div>
        );
      },
    },
  ];
}

interface TargetSelectProps {
  readonly sheet: HeaderSheet;
  readonly column: HeaderColumn;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

/** Found by typing either language's name; what it is likely to be stands first. */
function TargetSelect({ sheet, column: { column, title, proposals }, choice, onChoose }: TargetSelectProps) {
  const t = useWords(words);
  const english = useLanguage() === 'en';
  const likely = proposals.flatMap((key) => sheet.targets.find(({ indicator }) => indicator === key) ?? []);
  const others = sheet.targets.filter(({ indicator }) => !proposals.includes(indicator));
  const options = [...likely, ...others].map(({ indicator, label, labelEn, isRequired }) => ({
    value: indicator,
    label: `${english ? labelEn : label}${isRequired ? ' *' : ''}`,
    search: `${label} ${labelEn}`.toLowerCase(),
  }));
  const leaveOut = { value: notImported, label: t('notImported'), search: t('notImported').toLowerCase() };
  return (
    <Select
      aria-label={t('indicatorFor', { sheet: sheet.sheet, column: `${column} ${title || t('untitled')}` })}
      showSearch
      style={{ width: '100%' }}
      placeholder={t('choose')}
      status={choice === undefined ? 'warning' : undefined}
      value={choice === null ? notImported : choice}
      options={likely.length > 0 ? [...options, leaveOut] : [leaveOut, ...options]}
      filterOption={(typed, option) => option?.search.includes(typed.trim().toLowerCase()) ?? false}
      onChange={(value: string) => onChoose(value === notImported ? null : value)}
    />
  );
}

import { formatMonth, useWords } from '@shidang/web-kit';
import { Select } from 'antd';
import { monthAfter, monthNow } from './months';
import { words } from './words';

/** The collection lasts months, not decades: three years back. */
const choices = 36;

interface MonthSelectProps {
  readonly month: string | undefined;
  readonly change: (month: string | undefined) => void;
  readonly allowClear?: boolean;
}

export function MonthSelect({ month, change, allowClear = false }: MonthSelectProps) {
  const t = useWords(words);
  const recent = Array.from({ length: choices }, (_, back) => monthAfter(monthNow(), -back));
  const months = month && !recent.includes(month) ? [month, ...recent] : recent;
  return (
    <Select<string>
      aria-label={t('month')}
      style={{ width: 150 }}
      placeholder={t('anyMonth')}
      allowClear={allowClear}
      value={month}
      onChange={(next?: string) => change(next)}
      options={months.map((each) => ({ value: each, label: formatMonth(each) }))}
    />
  );
}

import { inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { Input, Radio } from 'antd';
import type { ReportCell } from './report-calls';
import { words } from './words';

export const fieldId = (key: string): string => `cell-${key}`;

interface CellFieldProps {
  readonly cell: ReportCell;
  readonly text: string;
  readonly complaint: string | undefined;
  readonly change: (text: string) => void;
}

/** A typed cell where it stands on the sheet; what is wrong is said below it. */
export function CellField({ cell, text, complaint, change }: CellFieldProps) {
  const language = useLanguage();
  const id = fieldId(cell.key);
  const label = inLanguage(cell.label, language);
  const shared = {
    id,
    'aria-label': label,
    'aria-invalid': complaint ? true : undefined,
    'aria-describedby': complaint ? `${id}-error` : undefined,
    'aria-required': cell.required ? true : undefined,
    status: complaint ? ('error' as const) : undefined,
  };
  return (
    <>
      <Control cell={cell} text={text} change={change} shared={shared} />
      {complaint && (
        <span id={`${id}-error`} className="report-field-error">
          {complaint}
        </span>
      )}
    </>
  );
}

interface ControlProps {
  readonly cell: ReportCell;
  readonly text: string;
  readonly change: (text: string) => void;
  readonly shared: { readonly id: string; readonly 'aria-label': string; readonly status: 'error' | undefined };
}

function Control({ cell: { type, key }, text, change, shared }: ControlProps) {
  const t = useWords(words);
  if (type === 'yesNo') {
    const { status: _, id, ...rest } = shared;
    return (
      <Radio.Group {...rest} value={text || undefined} onChange={({ target }) => change(String(target.value))}>
        <Radio value="yes" id={id}>
          {t('yes')}
        </Radio>
        <Radio value="no">{t('no')}</Radio>
      </Radio.Group>
    );
  }
  if (type === 'text' && key !== 'filledBy' && key !== 'reviewedBy')
    return (
      <Input.TextArea
        {...shared}
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={text}
        onChange={({ target }) => change(target.value)}
      />
    );
  const isDay = type === 'day';
  return (
    <Input
      {...shared}
      placeholder={isDay ? t('dayForm') : undefined}
      inputMode={type === 'integer' ? 'numeric' : undefined}
      style={{ width: type === 'text' || isDay ? 150 : 100, textAlign: type === 'integer' ? 'right' : 'left' }}
      value={text}
      onChange={({ target }) => change(target.value)}
    />
  );
}

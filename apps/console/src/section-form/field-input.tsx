import { divisionName, divisions, isDivisionCode } from '@shidang/catalogue';
import { formWords as words, type SectionField } from '@shidang/web-kit/section-form';
import { useWords } from '@shidang/web-kit';
import { AutoComplete, Input, Radio, Select } from 'antd';
import { useState, type ReactNode } from 'react';

export interface FieldInputProps {
  readonly field: SectionField;
  readonly id: string;
  readonly label: string;
  readonly invalid: boolean;
  readonly describedBy?: string;
  /** Text, a code or codes as typed or chosen; '' empties. */
  readonly onTyped: (raw: unknown) => void;
}

const divisionOptions = divisions
  .filter(({ level }) => level !== 'central')
  .map(({ code, name }) => ({ value: code, label: `${code}-${name}` }));

const holds = (text: string, option: { label?: unknown; value?: unknown } | undefined): boolean =>
  String(option?.label ?? '')
    .toLowerCase()
    .includes(text.trim().toLowerCase());

const optionsOf = ({ choices }: SectionField) =>
  (choices ?? []).map(({ code, name }) => ({ value: code, label: `${code}-${name}` }));

/** The input of one indicator; which one is the catalogue's business (`kind`). */
export function FieldInput(props: FieldInputProps): ReactNode {
  switch (props.field.kind) {
    case 'yesNo':
      return <YesNo {...props} />;
    case 'code':
    case 'codes':
      return <CodeSelect {...props} />;
    case 'division':
      return <DivisionInput {...props} />;
    default:
      return <TextInput {...props} />;
  }
}

const aria = ({ invalid, describedBy, field }: FieldInputProps) => ({
  'aria-invalid': invalid,
  'aria-describedby': describedBy,
  'aria-required': field.required,
});

/** A division with its name; it is read back the same. */
function textOf({ kind, value }: SectionField): string {
  const text = String(value ?? '');
  return kind === 'division' && isDivisionCode(text) ? `${text}-${divisionName(text)}` : text;
}

/** Text is read when the field is left: nothing changes under the fingers. */
function useTyped({ field, onTyped }: FieldInputProps) {
  const given = field.isHidden ? '' : textOf(field);
  /** Until it is left: what is saved or merged meanwhile changes nothing under the fingers. */
  const [typing, setTyping] = useState<string>();
  return {
    text: typing ?? given,
    setText: setTyping,
    commit: () => {
      if (typing !== undefined && typing !== given) onTyped(typing);
      setTyping(undefined);
    },
  };
}

function usePlaceholder({ kind, indicator, isHidden, value }: SectionField): string {
  const t = useWords(words);
  if (isHidden) return `${String(value)} ${t('hiddenHint')}`;
  if (kind === 'month') return t(indicator.openEnd ? 'monthOpen' : 'month');
  return kind === 'date' || kind === 'year' || kind === 'division' ? t(kind) : '';
}

function TextInput(props: FieldInputProps) {
  const { field, id, invalid } = props;
  const { text, setText, commit } = useTyped(props);
  const placeholder = usePlaceholder(field);
  const common = {
    id,
    value: text,
    placeholder,
    ...(invalid && { status: 'error' as const }),
    onBlur: commit,
    autoComplete: 'off',
    ...aria(props),
  };
  if (field.kind === 'longText')
    return (
      <Input.TextArea
        {...common}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => setText(event.target.value)}
      />
    );
  return (
    <Input
      {...common}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={commit}
    />
  );
}

function YesNo(props: FieldInputProps) {
  const { field, id, label, onTyped } = props;
  return (
    <Radio.Group
      id={id}
      aria-label={label}
      value={field.isHidden ? undefined : field.value}
      onChange={(event) => onTyped(event.target.value)}
      options={(field.choices ?? []).map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}

function CodeSelect(props: FieldInputProps) {
  const { field, id, label, invalid, onTyped } = props;
  const t = useWords(words);
  const placeholder = field.isHidden ? `${String(field.value)} ${t('hiddenHint')}` : t('choose');
  const many = field.kind === 'codes';
  const value = field.isHidden ? undefined : (field.value as string | string[] | undefined);
  return (
    <Select
      id={id}
      aria-label={label}
      {...(many ? { mode: 'multiple' as const } : {})}
      value={value}
      placeholder={placeholder}
      allowClear
      showSearch={{ filterOption: holds }}
      notFoundContent={t('notFound')}
      options={optionsOf(field)}
      onChange={(next: string | string[] | undefined) => onTyped(next ?? '')}
      {...(invalid && { status: 'error' as const })}
      style={{ width: '100%' }}
      {...aria(props)}
    />
  );
}

function DivisionInput(props: FieldInputProps) {
  const { field, id, label, invalid } = props;
  const { text, setText, commit } = useTyped(props);
  const placeholder = usePlaceholder(field);
  return (
    <AutoComplete
      id={id}
      aria-label={label}
      value={text}
      placeholder={placeholder}
      options={divisionOptions}
      showSearch={{ filterOption: holds }}
      onChange={(next: string) => setText(next)}
      onSelect={(next: string) => props.onTyped(next)}
      onBlur={commit}
      {...(invalid && { status: 'error' as const })}
      style={{ width: '100%' }}
      {...aria(props)}
    />
  );
}

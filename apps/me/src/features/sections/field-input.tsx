import { divisionName, divisions, isDivisionCode } from '@shidang/catalogue';
import { useWords } from '@shidang/web-kit';
import { formWords, type SectionField } from '@shidang/web-kit/section-form';
import { useState, type ReactNode } from 'react';

export interface FieldInputProps {
  readonly field: SectionField;
  readonly id: string;
  readonly invalid: boolean;
  readonly describedBy?: string;
  /** Text, a code or codes as typed or chosen; '' empties. */
  readonly onTyped: (raw: unknown) => void;
}

/** The browser's own input of one indicator; which one is the catalogue's business (`kind`). */
export function FieldInput(props: FieldInputProps): ReactNode {
  switch (props.field.kind) {
    case 'yesNo':
      return <OneOf {...props} />;
    case 'code':
      return <CodeSelect {...props} />;
    case 'codes':
      return <ManyOf {...props} />;
    default:
      return <TextInput {...props} />;
  }
}

const aria = ({ invalid, describedBy, field }: FieldInputProps) => ({
  'aria-invalid': invalid || undefined,
  'aria-describedby': describedBy,
  'aria-required': field.required,
});

/** A division is called by its name; its code is told only while it is chosen. */
function textOf({ kind, value, isHidden }: SectionField): string {
  const text = isHidden ? '' : String(value ?? '');
  return kind === 'division' && isDivisionCode(text) ? divisionName(text) : text;
}

/** What the keyboard shows, and the browser's own picker where the value fits one. */
function inputOf({ kind, value, indicator, isHidden }: SectionField) {
  const text = isHidden ? '' : String(value ?? '');
  if (kind === 'date' && /^(\d{4}-\d{2}-\d{2})?$/.test(text)) return { type: 'date' };
  if (kind === 'month' && /^(\d{4}-\d{2})?$/.test(text)) return { type: 'month' };
  if (kind === 'year') return { inputMode: 'numeric' as const, maxLength: 4 };
  if (kind === 'number') return { inputMode: 'decimal' as const };
  if (indicator.form === 'mobile' || indicator.form === 'phone') return { type: 'tel' };
  return indicator.form === 'email' ? { type: 'email', autoCapitalize: 'off' } : {};
}

function placeholderOf({ kind, value, isHidden }: SectionField, t: (key: 'year' | 'division') => string): string {
  if (isHidden) return String(value);
  return kind === 'year' || kind === 'division' ? t(kind) : '';
}

/**
 * Text is read when the field is left, or with Enter, which sends a form: nothing changes under the fingers, whatever else is saved or merged
 * meanwhile.
 */
function TextInput(props: FieldInputProps) {
  const { field, id, onTyped } = props;
  const t = useWords(formWords);
  const given = textOf(field);
  /** Until it is left. Never set by an effect, which could come later than the first letter. */
  const [typing, setTyping] = useState<string>();
  const commit = () => {
    if (typing !== undefined && typing !== given) onTyped(typing);
    setTyping(undefined);
  };
  const shared = {
    id,
    value: typing ?? given,
    placeholder: placeholderOf(field, t),
    autoComplete: 'off',
    onBlur: commit,
    ...aria(props),
  };
  if (field.kind === 'longText')
    return <textarea {...shared} rows={3} onChange={({ currentTarget }) => setTyping(currentTarget.value)} />;
  const listId = field.kind === 'division' ? `${id}-list` : undefined;
  return (
    <>
      <input
        {...shared}
        {...inputOf(field)}
        list={listId}
        onChange={({ currentTarget }) => setTyping(currentTarget.value)}
      />
      {listId && (
        <datalist id={listId}>
          {divisions
            .filter(({ level }) => level !== 'central')
            .map(({ code, name }) => (
              <option key={code} value={`${code}-${name}`} />
            ))}
        </datalist>
      )}
    </>
  );
}

function CodeSelect(props: FieldInputProps) {
  const { field, id, onTyped } = props;
  const t = useWords(formWords);
  return (
    <select
      id={id}
      value={field.isHidden ? '' : String(field.value ?? '')}
      onChange={({ currentTarget }) => onTyped(currentTarget.value)}
      {...aria(props)}
    >
      <option value="">{field.isHidden ? String(field.value) : t('choose')}</option>
      {(field.choices ?? []).map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}

function OneOf({ field, id, onTyped }: FieldInputProps) {
  return (
    <div className="choices" id={id}>
      {(field.choices ?? []).map(({ code, name }) => (
        <label key={code} className="choice">
          <input
            type="radio"
            name={id}
            checked={!field.isHidden && field.value === code}
            onChange={() => onTyped(code)}
          />
          {name}
        </label>
      ))}
    </div>
  );
}

function ManyOf({ field, id, onTyped }: FieldInputProps) {
  const chosen = Array.isArray(field.value) ? (field.value as string[]) : [];
  const toggle = (code: string) =>
    onTyped(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  const all = field.choices ?? [];
  const ticks = all.map(({ code, name }) => (
    <label key={code} className="tick">
      <input type="checkbox" checked={chosen.includes(code)} onChange={() => toggle(code)} />
      {name}
    </label>
  ));
  return (
    <div className={all.length > 8 ? 'ticks ticks-many' : 'ticks'} id={id}>
      {ticks}
    </div>
  );
}

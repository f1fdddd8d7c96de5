import { inLanguage, ErrorSummary, useKeys, useLanguage, useWords, type FieldError } from '@shidang/web-kit';
import {
  formWords as words,
  valueText,
  blocking,
  type Complaint,
  type SectionField,
} from '@shidang/web-kit/section-form';
import type { Category, Indicator } from '@shidang/catalogue';
import { Alert, Button, Space } from 'antd';
import { useRef, type ReactNode } from 'react';
import { Problem } from '../app/problem';
import { FieldInput } from './field-input';
import { MergeDialog } from './merge-dialog';
import './section-form.css';
import { useRowForm, type RowFormSource } from './use-row-form';

/** What the reviewer said at a value. */
export interface FieldMark {
  readonly indicator?: string;
  readonly reason: 'missing' | 'wrong' | 'unclear' | 'evidence' | 'other';
  readonly words?: string;
}

interface SectionFormProps extends RowFormSource {
  readonly marks?: readonly FieldMark[];
  /** Buttons beside a field: show, history, request a change. */
  readonly tools?: (field: SectionField, shown: (plain: unknown) => void) => ReactNode;
  readonly onCancel?: () => void;
}

/** One row of a section: fields as the catalogue and the caller's rights draw them, saved with If-Match, merged on 412. */
export function SectionForm(props: SectionFormProps) {
  const { marks = [], tools, onCancel, category, rights } = props;
  const t = useWords(words);
  const language = useLanguage();
  const box = useRef<HTMLFormElement>(null);
  // a text field is read when it is left
  const leaveField = () => {
    if (document.activeElement instanceof HTMLElement && box.current?.contains(document.activeElement))
      document.activeElement.blur();
  };
  const saveAndLeave: RowFormSource['save'] = async (changes, etag) => {
    const written = await props.save(changes, etag);
    // the form of a new row closes now, with what is half typed in it
    if (!props.entry) leaveField();
    return written;
  };
  const form = useRowForm({ ...props, save: saveAndLeave });
  const idOf = (key: string) => `${props.place.section}-${props.entry?.id ?? 'new'}-${key}`;
  const open = rights.keys.length > 0;
  const lacking = form.complaints.filter(({ code }) => code === 'required').length;

  const saveNow = () => {
    leaveField();
    void form.save();
  };
  useKeys(open ? [{ keys: 'Ctrl+S', label: t('save'), run: saveNow, whileTyping: true }] : []);

  const errors: FieldError[] = (form.attempt > 0 ? blocking(form.complaints) : []).map(({ key = '', words: said }) => ({
    field: idOf(key),
    label: labelOf(form.fields, key, language === 'en' ? 'en' : 'zh'),
    message: inLanguage(said, language),
  }));

  return (
    <form
      ref={box}
      className="section-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saveNow();
      }}
    >
      {form.isRestored && (
        <Alert
          type="info"
          showIcon
          title={t('restored')}
          action={<Button onClick={form.discard}>{t('discard')}</Button>}
        />
      )}
      <ErrorSummary errors={errors} attempt={form.attempt} />
      <Problem error={form.failure} />
      <div className="section-fields">
        {form.fields.map((field) => (
          <Field
            key={field.key}
            field={field}
            id={idOf(field.key)}
            category={category}
            complaints={form.complaints.filter(({ key }) => key === field.key)}
            marks={marks.filter(({ indicator }) => indicator === field.key)}
            isTold={form.touched.has(field.key) || form.attempt > 0}
            onTyped={(raw) => form.type(field.key, raw)}
            tools={tools?.(field, (plain) => form.reveal(field.key, plain as string))}
          />
        ))}
      </div>
      {open && (
        <div className="section-actions">
          <Space>
            <Button
              type="primary"
              htmlType="submit"
              loading={form.isSaving}
              // the focus stays until the click is one: what leaving a field says must not move the button away under the mouse
              onMouseDown={(event) => event.preventDefault()}
            >
              {t('save')}
            </Button>
            <kbd>{'Ctrl+S'}</kbd>
            {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
          </Space>
          <span role="status">
            {form.isSaved && (lacking > 0 ? t('savedLacking', { count: lacking }) : t('saved'))}
          </span>
        </div>
      )}
      {form.merge && (
        <MergeDialog
          section={props.place.section}
          category={category}
          merge={form.merge}
          onCancel={form.cancelMerge}
          onDecided={(theirs) => void form.decideMerge(theirs)}
        />
      )}
    </form>
  );
}

const labelOf = (fields: readonly SectionField[], key: string, language: 'zh' | 'en'): string =>
  fields.find((each) => each.key === key)?.label[language] ?? key;

interface FieldProps {
  readonly field: SectionField;
  readonly id: string;
  readonly category: Category;
  readonly complaints: readonly Complaint[];
  readonly marks: readonly FieldMark[];
  /** What is missing is said once somebody was here; what is wrong always. */
  readonly isTold: boolean;
  readonly onTyped: (raw: unknown) => void;
  readonly tools?: ReactNode;
}

function Field({ field, id, category, complaints, marks, isTold, onTyped, tools }: FieldProps) {
  const t = useWords(words);
  const language = useLanguage();
  const label = inLanguage(field.label, language);
  const said = complaints.filter(({ code }) => isTold || code !== 'required');
  const noteId = `${id}-note`;
  const isLong = field.kind === 'longText';
  return (
    <div
      className={`section-field${isLong ? ' section-field-long' : ''}${marks.length > 0 ? ' section-field-marked' : ''}`}
    >
      <div className="section-field-head">
        <label htmlFor={field.closed ? undefined : id}>
          {label}
          {field.required && !field.closed && (
            <span className="section-required" aria-label={t('required')}>
              {' *'}
            </span>
          )}
        </label>
        <span className="section-field-tools">{tools}</span>
      </div>
      {field.closed ? (
        <ClosedValue field={field} category={category} />
      ) : (
        <FieldInput
          field={field}
          id={id}
          label={label}
          invalid={said.some(({ severity }) => severity === 'error')}
          {...(said.length + marks.length > 0 && { describedBy: noteId })}
          onTyped={onTyped}
        />
      )}
      <div id={noteId}>
        {marks.map((mark) => (
          <p key={`${mark.reason} ${mark.words}`} className="section-mark">
            {t('markedBy', { reason: t(mark.reason), words: mark.words ?? '' })}
          </p>
        ))}
        {said.map((complaint) => (
          <p key={complaint.code} className={`section-complaint section-complaint-${complaint.severity}`}>
            {inLanguage(complaint.words, language)}
            {complaint.fix && !field.closed && (
              <Button size="small" type="link" onClick={() => onTyped(complaint.fix?.value ?? '')}>
                {t('fix', { what: inLanguage(complaint.fix.words, language) })}
              </Button>
            )}
          </p>
        ))}
      </div>
    </div>
  );
}

function ClosedValue({ field, category }: { field: SectionField; category: Category }) {
  const t = useWords(words);
  const shown = valueText(indicatorOf(field), field.value, category);
  return (
    <div className="section-closed">
      <span className="section-value">{shown === '' ? t('empty') : shown}</span>
      {field.closed && <span className="section-reason">{t(field.closed)}</span>}
    </div>
  );
}

const indicatorOf = (field: SectionField): Indicator | undefined => (field.isHidden ? undefined : field.indicator);

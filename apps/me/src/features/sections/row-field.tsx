import type { Category } from '@shidang/catalogue';
import { inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { formWords, valueText, type Complaint, type SectionField } from '@shidang/web-kit/section-form';
import type { ReactNode } from 'react';
import { FieldInput } from './field-input';
import { sectionWords } from './section-words';

/** What the reviewer said at a value. */
export interface FieldMark {
  readonly indicator?: string;
  readonly reason: 'missing' | 'wrong' | 'unclear' | 'evidence' | 'other';
  readonly words?: string;
  /** It is no longer as it was returned. */
  readonly mended?: boolean;
  /** The school's to mend. */
  readonly bySchool?: boolean;
}

interface RowFieldProps {
  readonly field: SectionField;
  readonly id: string;
  readonly category: Category;
  readonly complaints: readonly Complaint[];
  readonly marks: readonly FieldMark[];
  readonly onTyped: (raw: unknown) => void;
  /** Beside a masked value: to see it. */
  readonly tool?: ReactNode;
}

const isGroup = ({ kind, closed }: SectionField) => !closed && (kind === 'yesNo' || kind === 'codes');

/** One indicator: its label, its input, the reviewer's words, what is wrong and how to mend it. */
export function RowField(props: RowFieldProps) {
  const { field, id, complaints, marks } = props;
  const t = useWords(formWords);
  const language = useLanguage();
  const said = complaints.filter(({ code }) => code !== 'required');
  const label = (
    <>
      {inLanguage(field.label, language)}
      {field.required && !field.closed && <span className="required">{` ${t('required')}`}</span>}
    </>
  );
  const wrong = said.some(({ severity }) => severity === 'error');
  const className = ['field', wrong && 'field-wrong', marks.length > 0 && 'field-marked'].filter(Boolean).join(' ');
  const inside = <Inside {...props} complaints={said} wrong={wrong} />;
  return isGroup(field) ? (
    <fieldset className={`plain ${className}`}>
      <legend>{label}</legend>
      {inside}
    </fieldset>
  ) : (
    <div className={className}>
      {field.closed ? <p className="field-name">{label}</p> : <label htmlFor={id}>{label}</label>}
      {inside}
    </div>
  );
}

function Inside({ field, id, category, complaints, marks, onTyped, tool, wrong }: RowFieldProps & { wrong: boolean }) {
  const t = useWords(formWords);
  const language = useLanguage();
  const s = useWords(sectionWords);
  const noteId = `${id}-note`;
  const hints = [
    field.isHidden && !field.closed && t('hiddenHint'),
    field.kind === 'month' && field.indicator.openEnd && !field.closed && t('monthOpen'),
  ].filter(Boolean);
  return (
    <>
      {marks.map((mark) => (
        <p key={`${mark.reason} ${mark.words}`} className="mark">
          {t('markedBy', { reason: t(mark.reason), words: mark.words ?? '' })}
          {mark.bySchool && !mark.mended && <span className="mark-note">{s('schoolMends')}</span>}
          {mark.mended && <span className="mark-note row-done">{s('mendedHere')}</span>}
        </p>
      ))}
      {field.closed ? (
        <p className="value">
          {valueText(field.isHidden ? undefined : field.indicator, field.value, category) || t('empty')}
          {tool}
        </p>
      ) : (
        <div className="input-line">
          <FieldInput field={field} id={id} invalid={wrong} describedBy={noteId} onTyped={onTyped} />
          {tool}
        </div>
      )}
      <div id={noteId}>
        {complaints.map((complaint) => (
          <p key={complaint.code} className={complaint.severity === 'error' ? 'field-problem' : 'field-warning'}>
            {inLanguage(complaint.words, language)}
            {complaint.fix && !field.closed && (
              <button type="button" className="link" onClick={() => onTyped(complaint.fix?.value ?? '')}>
                {t('fix', { what: inLanguage(complaint.fix.words, language) })}
              </button>
            )}
          </p>
        ))}
        {hints.map((hint) => (
          <p key={String(hint)} className="field-hint">
            {hint}
          </p>
        ))}
      </div>
    </>
  );
}

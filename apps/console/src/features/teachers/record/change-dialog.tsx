import type { Category, SectionKey } from '@shidang/catalogue';
import {
  answer,
  api,
  ErrorSummary,
  formatDay,
  inLanguage,
  useLanguage,
  useWords,
  type FieldError,
} from '@shidang/web-kit';
import {
  valueText,
  blocking,
  changesOf,
  complaintsOf,
  fieldsOf,
  openDraft,
  typeInto,
  type SectionField,
} from '@shidang/web-kit/section-form';
import { useMutation } from '@tanstack/react-query';
import { App, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { FieldInput } from '../../../section-form/field-input';
import { useRecordChanged, type CorrectionView, type EntryView, type TeacherView } from '../teachers-api';
import { words } from '../words';

interface ChangeDialogProps {
  readonly teacher: TeacherView;
  readonly section: SectionKey;
  readonly category: Category;
  readonly entry: EntryView;
  readonly field: SectionField;
  /** The teacher's request this application answers. */
  readonly correction?: CorrectionView;
  readonly onClose: () => void;
}

/** 申请变更: the old value locked, the new one checked as in a form, reason and evidence (工作方案 五(五)). */
export function ChangeDialog({ teacher, section, category, entry, field, correction, onClose }: ChangeDialogProps) {
  const t = useWords(words);
  const language = useLanguage();
  const { message } = App.useApp();
  const changed = useRecordChanged(teacher.id);
  // the present values stay in the draft: the new one is checked against the rest of the row
  const [draft, setDraft] = useState(() => openDraft(section, category, entry.values));
  const [reason, setReason] = useState(correction?.reason ?? '');
  const [evidence, setEvidence] = useState('');
  const [isEmptied, setEmptied] = useState(false);
  const [isTaken, setTaken] = useState(correction?.proposes === true);
  const [attempt, setAttempt] = useState(0);
  const isFact = field.indicator.identityFact !== undefined;
  const label = inLanguage(field.label, language);
  const rights = { keys: [field.key], isEffective: true, returned: false, fills: true, isTeacher: false };
  const drawn = fieldsOf(draft, rights).find(({ key }) => key === field.key);
  // empty to begin with: nothing is proposed, least of all what was refused before
  const change = changesOf(draft)[field.key];
  const { closed: _, ...input } = {
    ...(drawn ?? field),
    isHidden: false,
    value: draft.unread[field.key] ?? change ?? '',
  };
  const isGiven = isTaken || isEmptied || change !== undefined || field.key in draft.unread;
  const wrong = blocking(complaintsOf(draft, formatDay(new Date()))).filter(({ key }) => key === field.key);
  const errors: FieldError[] = [
    ...(isGiven ? [] : [{ field: 'change-value', label: t('newValue'), message: t('changeMissing') }]),
    ...(isFact && evidence.trim() === ''
      ? [{ field: 'change-evidence', label: t('evidenceShort'), message: t('evidenceMissing') }]
      : []),
    ...(isTaken ? [] : wrong).map(({ words: said }) => ({
      field: 'change-value',
      label,
      message: inLanguage(said, language),
    })),
    ...(reason.trim().length < 2
      ? [{ field: 'change-reason', label: t('changeReason'), message: t('changeShort') }]
      : []),
  ];
  const sending = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/change-requests', {
          body: {
            teacherId: teacher.id,
            entryId: entry.id,
            indicator: field.key,
            ...(!isTaken && { value: isEmptied ? null : change }),
            ...(correction && { correctionId: correction.id }),
            reason: reason.trim(),
            evidence: evidence
              .split('\n')
              .map((each) => each.trim())
              .filter(Boolean),
          },
        }),
      ),
    onSuccess: () => {
      void message.success(t('changeSent'));
      changed();
      onClose();
    },
  });
  const send = () => {
    setAttempt((count) => count + 1);
    if (errors.length === 0) sending.mutate();
  };
  return (
    <Modal
      open
      title={t('changeOf', { label })}
      okText={t('changeSend')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: sending.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <p>{t('changeLead')}</p>
      <ErrorSummary errors={attempt > 0 ? errors : []} attempt={attempt} />
      <Problem error={sending.error} />
      <dl className="record-change">
        <dt>{t('oldValue')}</dt>
        <dd>{valueText(field.isHidden ? undefined : field.indicator, field.value, category) || t('emptied')}</dd>
      </dl>
      {correction?.proposes && (
        <Checkbox checked={isTaken} onChange={(event) => setTaken(event.target.checked)}>
          {t('takeProposed', {
            value:
              valueText(field.indicator.sensitive ? undefined : field.indicator, correction.proposedValue, category) ||
              t('emptied'),
          })}
        </Checkbox>
      )}
      {!isTaken && (
        <>
          <label htmlFor="change-value">{t('newValue')}</label>
          <FieldInput
            field={input}
            id="change-value"
            label={t('newValue')}
            invalid={wrong.length > 0}
            onTyped={(raw) => setDraft((now) => typeInto(now, field.key, raw))}
          />
          {!isFact && !field.required && (
            <Checkbox checked={isEmptied} onChange={(event) => setEmptied(event.target.checked)}>
              {t('changeEmpties')}
            </Checkbox>
          )}
        </>
      )}
      <label htmlFor="change-reason">{t('changeReason')} *</label>
      <Input id="change-reason" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      <label htmlFor="change-evidence">
        {t('evidence')}
        {isFact && ' *'}
      </label>
      <Input.TextArea
        id="change-evidence"
        value={evidence}
        autoSize={{ minRows: 2, maxRows: 5 }}
        onChange={(event) => setEvidence(event.target.value)}
      />
    </Modal>
  );
}

import { answer, api, language, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { useUrlSearch } from '../../../app/url-state';
import { useRecordChanged, useRecordLocked, type Completeness, type TeacherView } from '../teachers-api';
import { words } from '../words';
import type { RecordSearchKey } from './record-page';

type Finding = Completeness['findings'][number];

interface SubmitDialogProps {
  readonly teacher: TeacherView;
  readonly completeness: Completeness | undefined;
  readonly onClose: () => void;
}

const keyOf = ({ section, code, entryId = '' }: Finding) => `${section} ${code} ${entryId}`;

/** Declares and submits (工作方案 五(三)); contradictions go along with a reason each. */
export function SubmitDialog({ teacher, completeness, onClose }: SubmitDialogProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const [, change] = useUrlSearch<RecordSearchKey>();
  const [declared, setDeclared] = useState(false);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const changed = useRecordChanged(teacher.id);
  const locked = useRecordLocked(teacher.id);
  const findings = completeness?.findings ?? [];
  // an addition to an effective record is judged by its new rows: the server says which
  const errors = teacher.effectiveVersion === 0 ? findings.filter((each) => each.severity === 'error') : [];
  const serious = distinct(findings.filter((each) => each.severity === 'serious'));
  const unexplained = serious.filter((each) => (reasons[keyOf(each)] ?? '').trim().length < 2);
  const sending = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/teachers/{teacherId}/submission', {
          params: { path: { teacherId: teacher.id } },
          body: {
            declared: true,
            acceptedHits: serious.map(({ section, code, entryId, ...rest }) => ({
              section,
              code,
              ...(entryId && { entryId }),
              reason: (reasons[keyOf({ section, code, entryId, ...rest })] ?? '').trim(),
            })),
          },
        }),
      ),
    onSuccess: () => {
      void message.success(t('submitted'));
      locked();
      changed();
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('submitTitle', { name: teacher.name })}
      okText={t('submit')}
      cancelText={t('cancel')}
      okButtonProps={{
        disabled: !declared || errors.length > 0 || unexplained.length > 0,
        loading: sending.isPending,
      }}
      onOk={() => sending.mutate()}
      onCancel={onClose}
    >
      <p>{t('submitLead')}</p>
      <Problem error={sending.error} />
      {errors.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('cannotSubmit', { count: errors.length })}
          action={
            <a href="?tab=checks" onClick={(event) => (event.preventDefault(), change({ tab: 'checks' }), onClose())}>
              {t('goTo')}
            </a>
          }
        />
      )}
      {serious.length > 0 && (
        <fieldset className="record-reasons">
          <legend>{t('serious')}</legend>
          {serious.map((each) => (
            <label key={keyOf(each)}>
              {language() === 'en' ? each.detailEn : each.detail}
              <Input
                aria-label={t('reasonFor')}
                maxLength={200}
                value={reasons[keyOf(each)] ?? ''}
                onChange={(event) => setReasons((all) => ({ ...all, [keyOf(each)]: event.target.value }))}
              />
            </label>
          ))}
        </fieldset>
      )}
      <Checkbox checked={declared} onChange={(event) => setDeclared(event.target.checked)}>
        {t('declare')}
      </Checkbox>
    </Modal>
  );
}

const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((each) => [keyOf(each), each])).values(),
];

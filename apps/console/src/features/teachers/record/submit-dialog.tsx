import { language, useWords } from '@shidang/web-kit';
import { useSubmission } from '@shidang/web-kit/record';
import { Alert, App, Checkbox, Input, Modal } from 'antd';
import { Problem } from '../../../app/problem';
import { useUrlSearch } from '../../../app/url-state';
import type { Completeness, TeacherView } from '../teachers-api';
import { words } from '../words';
import type { RecordSearchKey } from './record-page';

interface SubmitDialogProps {
  readonly teacher: TeacherView;
  readonly completeness: Completeness | undefined;
  readonly onClose: () => void;
}

/** Declares and submits (工作方案 五(三)); contradictions go along with a reason each. */
export function SubmitDialog({ teacher, completeness, onClose }: SubmitDialogProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const [, change] = useUrlSearch<RecordSearchKey>();
  const sending = useSubmission(teacher, completeness, () => {
    void message.success(t('submitted'));
    onClose();
  });
  const { errors, serious } = sending;
  return (
    <Modal
      open
      title={t('submitTitle', { name: teacher.name })}
      okText={t('submit')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !sending.isReady, loading: sending.isPending }}
      onOk={sending.submit}
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
            <label key={sending.keyOf(each)}>
              {language() === 'en' ? each.detailEn : each.detail}
              <Input
                aria-label={t('reasonFor')}
                maxLength={200}
                value={sending.reasonFor(each)}
                onChange={(event) => sending.explain(each, event.target.value)}
              />
            </label>
          ))}
        </fieldset>
      )}
      <Checkbox checked={sending.declared} onChange={(event) => sending.setDeclared(event.target.checked)}>
        {t('declare')}
      </Checkbox>
    </Modal>
  );
}

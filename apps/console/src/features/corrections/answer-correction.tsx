import type { Category, SectionKey } from '@shidang/catalogue';
import { useWords } from '@shidang/web-kit';
import { useSection, useTeacher, type CorrectionView } from '@shidang/web-kit/record';
import { fieldsOf, openDraft } from '@shidang/web-kit/section-form';
import { Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { ChangeDialog } from '../teachers/record/change-dialog';
import '../teachers/record/record.css';
import { DeclineDialog } from './decline-dialog';
import { words } from './words';

interface AnswerCorrectionProps {
  readonly correction: CorrectionView;
  readonly what: string;
}

/** The school's two answers: an application for the change, or words. */
export function AnswerCorrection({ correction, what }: AnswerCorrectionProps) {
  const t = useWords(words);
  const [answering, setAnswering] = useState<'apply' | 'decline'>();
  const close = () => setAnswering(undefined);
  return (
    <Space size={0}>
      <Button type="link" size="small" onClick={() => setAnswering('apply')}>
        {t('apply')}
      </Button>
      <Button type="link" size="small" onClick={() => setAnswering('decline')}>
        {t('decline')}
      </Button>
      {answering === 'apply' && <Apply correction={correction} onClose={close} />}
      {answering === 'decline' && <DeclineDialog correction={correction} what={what} onClose={close} />}
    </Space>
  );
}

const rights = { keys: [], isEffective: true, returned: false, fills: true, isTeacher: false } as const;

/** The value as it stands in its row now. */
function Apply({ correction, onClose }: { readonly correction: CorrectionView; readonly onClose: () => void }) {
  const section = correction.section as SectionKey;
  const t = useWords(words);
  const { data: teacher, error } = useTeacher(correction.teacherId);
  const { data: view, error: unread } = useSection(correction.teacherId, section);
  const entry = view?.entries.find(({ id }) => id === correction.entryId);
  if (!teacher || !view || !entry)
    return (
      <Modal open title={t('apply')} footer={null} onCancel={onClose} loading={!view && !error && !unread}>
        <Problem error={error ?? unread} />
        {view && !entry && t('gone')}
      </Modal>
    );
  const category = view.category as Category;
  const field = fieldsOf(openDraft(section, category, entry.values), rights).find(
    ({ key }) => key === correction.indicator,
  );
  if (!field) return null;
  return <ChangeDialog {...{ teacher, section, category, entry, field, correction, onClose }} />;
}

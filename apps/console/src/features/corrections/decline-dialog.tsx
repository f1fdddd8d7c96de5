import { answer, api, useWords } from '@shidang/web-kit';
import { useRecordChanged, type CorrectionView } from '@shidang/web-kit/record';
import { useMutation } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { words } from './words';

interface DeclineDialogProps {
  readonly correction: CorrectionView;
  readonly what: string;
  readonly onClose: () => void;
}

/** The value stays; the teacher reads why. */
export function DeclineDialog({ correction, what, onClose }: DeclineDialogProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const changed = useRecordChanged(correction.teacherId);
  const [said, setSaid] = useState('');
  const [short, setShort] = useState(false);
  const sending = useMutation({
    mutationFn: (text: string) =>
      answer(
        api.POST('/api/v1/corrections/{correctionId}/decline', {
          params: { path: { correctionId: correction.id } },
          body: { words: text },
        }),
      ),
    onSuccess: () => {
      void message.success(t('declined'));
      changed();
      onClose();
    },
  });
  const send = () => {
    const text = said.trim();
    setShort(text.length < 2);
    if (text.length >= 2) sending.mutate(text);
  };
  return (
    <Modal
      open
      title={t('declineOf', { what })}
      okText={t('decline')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: sending.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <p>{t('declineLead')}</p>
      <Problem error={sending.error} />
      <Form.Item
        label={t('declineWords')}
        htmlFor="decline-words"
        validateStatus={short ? 'error' : undefined}
        help={short ? t('declineShort') : undefined}
      >
        <Input.TextArea
          id="decline-words"
          rows={3}
          maxLength={500}
          aria-invalid={short}
          value={said}
          onChange={({ target }) => setSaid(target.value)}
        />
      </Form.Item>
    </Modal>
  );
}

import { useWords } from '@shidang/web-kit';
import { purposes, purposeWords } from '@shidang/web-kit/record';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { unmask, useRecordChanged } from '../teachers-api';
import { words } from '../words';

interface UnmaskButtonProps {
  readonly teacherId: string;
  readonly label: string;
  readonly indicator: string;
  readonly entryId?: string;
  readonly onShown: (plain: unknown) => void;
}

/** 显示: one value in full, with a reason, on record where the teacher sees it (domain: data protection). */
export function UnmaskButton({ teacherId, label, indicator, entryId, onShown }: UnmaskButtonProps) {
  const t = useWords(words);
  const p = useWords(purposeWords);
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const changed = useRecordChanged(teacherId);
  const asking = useMutation({
    mutationFn: (why: string) => unmask(teacherId, { indicator, reason: why, ...(entryId && { entryId }) }),
    onSuccess: ({ value }) => {
      onShown(value);
      setOpen(false);
      setReason('');
      void message.info(t('logged'));
      changed();
    },
  });
  const ask = (why: string) => asking.mutate(why.trim());
  return (
    <>
      <Button type="link" size="small" aria-label={t('showOf', { label })} onClick={() => setOpen(true)}>
        {t('show')}
      </Button>
      <Modal
        open={isOpen}
        destroyOnHidden
        title={t('unmaskTitle', { label })}
        okText={t('show')}
        cancelText={t('cancel')}
        okButtonProps={{ disabled: reason.trim().length < 2, loading: asking.isPending }}
        onOk={() => ask(reason)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('unmaskLead')}</p>
        <Problem error={asking.error} />
        <Space wrap>
          {purposes.map((key) => (
            <Button key={key} onClick={() => ask(p(key))}>
              {p(key)}
            </Button>
          ))}
        </Space>
        <Input
          aria-label={t('reason')}
          placeholder={t('reason')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={() => reason.trim().length >= 2 && ask(reason)}
          style={{ marginBlockStart: 12 }}
        />
      </Modal>
    </>
  );
}

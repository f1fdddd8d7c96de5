import { useWords } from '@shidang/web-kit';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { words } from './words';

interface ReasonDialogProps {
  readonly title: string;
  readonly label: string;
  readonly ok: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly done: (reason: string) => void;
  readonly cancel: () => void;
}

/** A report goes back, or is opened again, with words. */
export function ReasonDialog({ title, label, ok, pending, error, done, cancel }: ReasonDialogProps) {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < 2;
  const send = () => {
    setTried(true);
    if (short) document.getElementById('report-reason')?.focus();
    else done(reason.trim());
  };
  return (
    <Modal open title={title} okText={ok} onOk={send} onCancel={cancel} confirmLoading={pending} destroyOnHidden>
      <Form layout="vertical" onFinish={send}>
        <Form.Item
          label={label}
          htmlFor="report-reason"
          validateStatus={tried && short ? 'error' : undefined}
          help={tried && short ? t('reasonShort') : undefined}
        >
          <Input.TextArea
            id="report-reason"
            autoFocus
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      <Problem error={error} />
    </Modal>
  );
}

import { sections } from '@shidang/catalogue';
import { answer, api, formatNumber, inLanguage, useKeys, useLanguage, useWords } from '@shidang/web-kit';
import { reasons, type Reason } from '@shidang/web-kit/review';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import type { CaseFilter, MarkedValue } from './review-filter';
import type { Outcome } from './use-queue';
import { words } from './words';

interface Selection {
  readonly id: string;
  readonly count: number;
  readonly filter: CaseFilter;
}

/** All that match, beyond the page: first the list is fixed and counted, then it is decided. */
export function SelectionBar({ filter, total }: { readonly filter: CaseFilter; readonly total: number }) {
  const t = useWords(words);
  const [selection, setSelection] = useState<Selection>();
  const [returning, setReturning] = useState(false);
  const select = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/selections', { body: { filter } })),
    onSuccess: ({ id, count }) => setSelection({ id, count, filter }),
  });
  const batch = useBatch(selection);
  const chosen = selection?.filter === filter ? selection : undefined;
  useKeys([{ keys: 'Shift+A', label: t('keySelect'), run: () => total > 0 && !chosen && select.mutate() }]);
  return (
    <div className="review-selection">
      <Problem error={select.error ?? batch.error} />
      {chosen ? (
        <Space wrap>
          <span role="status">{t('selected', { count: formatNumber(chosen.count) })}</span>
          <Button
            type="primary"
            autoFocus
            loading={batch.isPending}
            onClick={() => batch.mutate({ verdict: 'approve' })}
          >
            {t('batchApprove', { count: formatNumber(chosen.count) })}
          </Button>
          <Button danger onClick={() => setReturning(true)}>
            {t('batchReturn')}
          </Button>
          <Button onClick={() => setSelection(undefined)}>{t('dropSelection')}</Button>
        </Space>
      ) : (
        <Button disabled={total === 0} loading={select.isPending} onClick={() => select.mutate()}>
          {t('selectAll', { count: formatNumber(total) })}
        </Button>
      )}
      {chosen && returning && (
        <ReturnAll
          count={chosen.count}
          pending={batch.isPending}
          onCancel={() => setReturning(false)}
          onSend={(mark) => batch.mutate({ verdict: 'return', marks: [mark] })}
        />
      )}
    </div>
  );
}

function useBatch(selection: Selection | undefined) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: { verdict: Outcome; marks?: MarkedValue[] }) =>
      answer(api.POST('/api/v1/review-batches', { body: { selectionId: selection!.id, ...what } })),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['review'] });
      void navigate({ to: '/review-batches/$batchId', params: { batchId: id } as never });
    },
  });
}

interface ReturnAllProps {
  readonly count: number;
  readonly pending: boolean;
  readonly onCancel: () => void;
  readonly onSend: (mark: MarkedValue) => void;
}

function ReturnAll({ count, pending, onCancel, onSend }: ReturnAllProps) {
  const t = useWords(words);
  const language = useLanguage();
  const [form] = Form.useForm<MarkedValue>();
  const sayFor = (reason: Reason) => form.setFieldValue('words', t(`say_${reason}`));
  return (
    <Modal
      open
      title={t('batchReturnTitle', { count: formatNumber(count) })}
      okText={t('batchReturnTitle', { count: formatNumber(count) })}
      okButtonProps={{ danger: true, loading: pending }}
      cancelText={t('cancel')}
      onCancel={onCancel}
      onOk={() => void form.validateFields().then((mark) => onSend(mark))}
    >
      <p>{t('batchReturnWhy')}</p>
      <Form form={form} layout="vertical" initialValues={{ reason: 'missing', words: t('say_missing') }}>
        <Form.Item name="section" label={t('section')} rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={sections.map((section) => ({
              value: section.key,
              label: inLanguage({ zh: section.zhName, en: section.en }, language),
            }))}
          />
        </Form.Item>
        <Form.Item name="reason" label={t('reason')} rules={[{ required: true }]}>
          <Select
            onChange={sayFor}
            options={reasons.map((reason) => ({ value: reason, label: t(`reason_${reason}`) }))}
          />
        </Form.Item>
        <Form.Item name="words" label={t('wordsFor', { field: '' })} rules={[{ required: true, min: 2 }]}>
          <Input.TextArea maxLength={500} rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

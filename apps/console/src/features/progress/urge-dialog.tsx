import type { components } from '@shidang/client';
import { answer, api, formatMoment, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { UrgePreview, useUrgePreview } from './urge-preview';
import { urgeWords } from './urge-words';

export type Wish = components['schemas']['SendUrging'];

const turns = ['teacher', 'school', 'authority', 'returned'] as const;

interface UrgeDialogProps {
  readonly organisations: readonly string[];
  readonly close: (sent: boolean) => void;
}

/** What will be sent to whom stands here before it is sent. */
export function UrgeDialog({ organisations, close }: UrgeDialogProps) {
  const t = useWords(urgeWords);
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [wish, setWish] = useState<Wish>({ organisations: [...organisations], replyRequired: true });
  const put = (next: Partial<Wish>) => setWish((before) => ({ ...before, ...next }));
  const preview = useUrgePreview(wish);
  const send = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/urgings', { body: wish })),
    onSuccess: ({ id, stage, deliverAt }) => {
      void queries.invalidateQueries({ queryKey: ['urgings'] });
      notification.success({
        title: stage === 'held' ? t('sentHeld', { at: formatMoment(deliverAt) }) : t('sent'),
        actions: (
          <Button type="link" onClick={() => void navigate({ to: `/urgings/${id}` as never })}>
            {t('seeReceipts')}
          </Button>
        ),
      });
      close(true);
    },
  });
  const reached = preview.data?.recipients ?? 0;
  return (
    <Modal
      open
      width={760}
      title={t('title')}
      onCancel={() => close(false)}
      cancelText={t('cancel')}
      okText={reached > 0 ? t('send', { n: reached }) : t('sending')}
      okButtonProps={{ disabled: reached === 0 || preview.isFetching, loading: send.isPending }}
      onOk={() => send.mutate()}
      destroyOnHidden
    >
      <Problem error={send.error} />
      <Form layout="vertical" component="div" className="urge-form">
        <Form.Item label={t('audience')}>
          <Radio.Group
            aria-label={t('audience')}
            value={wish.audience ?? 'actors'}
            onChange={({ target }) => put({ audience: target.value === 'organisations' ? 'organisations' : 'actors' })}
            options={(['actors', 'organisations'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Form.Item>
        <Form.Item label={t('turns')}>
          <Checkbox.Group
            aria-label={t('turns')}
            value={wish.turns ?? [...turns]}
            onChange={(chosen) => chosen.length > 0 && put({ turns: turns.filter((turn) => chosen.includes(turn)) })}
            options={turns.map((value) => ({ value, label: t(`turn_${value}`) }))}
          />
        </Form.Item>
        <div className="urge-terms">
          <Form.Item label={t('dueOn')} htmlFor="urge-due" layout="horizontal">
            <Input
              id="urge-due"
              type="date"
              style={{ width: 180 }}
              value={wish.dueOn ?? ''}
              onChange={({ target }) => put({ dueOn: target.value || undefined })}
            />
          </Form.Item>
          <Form.Item>
            <Checkbox checked={wish.replyRequired} onChange={({ target }) => put({ replyRequired: target.checked })}>
              {t('replyRequired')}
            </Checkbox>
          </Form.Item>
        </div>
        <Form.Item label={t('words')} htmlFor="urge-words" extra={t('wordsHint')}>
          <Input.TextArea
            id="urge-words"
            rows={2}
            maxLength={500}
            value={wish.words ?? ''}
            onChange={({ target }) => put({ words: target.value.trim() === '' ? undefined : target.value })}
          />
        </Form.Item>
      </Form>
      <UrgePreview preview={preview} />
    </Modal>
  );
}

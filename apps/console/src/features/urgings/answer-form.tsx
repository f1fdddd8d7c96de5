import { answer, api, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { words } from './words';

/** Every answer is kept; another one may follow. */
export function AnswerForm({ urgingId, required }: { readonly urgingId: string; readonly required: boolean }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const [short, setShort] = useState(false);
  const send = useMutation({
    mutationFn: (text: string) =>
      answer(api.POST('/api/v1/urgings/{urgingId}/reply', { params: { path: { urgingId } }, body: { words: text } })),
    onSuccess: (view) => {
      queries.setQueryData(['urgings', urgingId], view);
      void queries.invalidateQueries({ queryKey: ['urgings'] });
      void message.success(t('answerSent'));
      setSaid('');
    },
  });
  const submit = () => {
    const text = said.trim();
    setShort(text.length < 2);
    if (text.length >= 2) send.mutate(text);
  };
  return (
    <section aria-label={t('answer')}>
      <h2>{t('answer')}</h2>
      <Problem error={send.error} />
      <Form.Item
        htmlFor="urging-answer"
        extra={t(required ? 'replyRequired' : 'answerHint')}
        validateStatus={short ? 'error' : undefined}
        help={short ? t('tooShort') : undefined}
      >
        <Input.TextArea
          id="urging-answer"
          aria-label={t('answer')}
          aria-invalid={short}
          placeholder={t('answerHint')}
          rows={3}
          maxLength={1000}
          value={said}
          onChange={({ target }) => setSaid(target.value)}
        />
      </Form.Item>
      <Button type="primary" onClick={submit} loading={send.isPending}>
        {t('send')}
      </Button>
    </section>
  );
}

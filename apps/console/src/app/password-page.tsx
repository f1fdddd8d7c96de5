import { answer, api, PasswordRules, passwordGate, useSession, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { Problem } from './problem';
import { words } from './words';

/** Changing the own password, by choice or because it has expired. */
export function PasswordPage() {
  const t = useWords(words);
  const navigate = useNavigate();
  const { me, post } = useSession();
  const { message } = App.useApp();
  const [current, setCurrent] = useState('');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      answer(api.PUT('/api/v1/me/password', { body: { currentPassword: current, newPassword: first } })),
    onSuccess: async () => {
      passwordGate.pass();
      void message.success(t('passwordChanged'));
      await navigate({ to: '/' });
    },
  });
  const differ = second !== '' && first !== second;
  return (
    <Card style={{ maxWidth: 480 }}>
      <h1>{t('changePassword')}</h1>
      <Form layout="vertical" onFinish={() => mutate()} requiredMark={false}>
        <Form.Item label={t('currentPassword')} htmlFor="current-password">
          <Input.Password
            id="current-password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('newPassword')} htmlFor="new-password">
          <Input.Password
            id="new-password"
            autoComplete="new-password"
            aria-describedby="password-rules"
            value={first}
            onChange={(event) => setFirst(event.target.value)}
          />
        </Form.Item>
        <PasswordRules
          id="password-rules"
          password={first}
          known={[me.account.loginName, post.organisation, me.name, current]}
        />
        <Form.Item
          label={t('repeatPassword')}
          htmlFor="repeat-password"
          validateStatus={differ ? 'error' : undefined}
          help={differ ? t('passwordsDiffer') : undefined}
        >
          <Input.Password
            id="repeat-password"
            autoComplete="new-password"
            value={second}
            onChange={(event) => setSecond(event.target.value)}
          />
        </Form.Item>
        <Problem error={error} />
        <Button
          type="primary"
          htmlType="submit"
          loading={isPending}
          disabled={!current || !first || first !== second}
          style={{ marginTop: 12 }}
        >
          {t('save')}
        </Button>
      </Form>
    </Card>
  );
}

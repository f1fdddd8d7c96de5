import { ErrorSummary, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Problem } from './problem';
import { words } from './words';

interface LogInFormProps {
  /** The account that must log in again; its name cannot be changed. */
  readonly fixed?: string;
  readonly logIn: (credentials: { loginName: string; password: string }) => Promise<unknown>;
}

/** Name and password; a refusal keeps both fields as they are. */
export function LogInForm({ fixed, logIn }: LogInFormProps) {
  const t = useWords(words);
  const [loginName, setLoginName] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [attempt, setAttempt] = useState(0);
  const { mutate, isPending, error } = useMutation({ mutationFn: logIn });
  const missing = [
    ...(loginName.trim() ? [] : [{ field: 'log-in-name', label: t('loginName') }]),
    ...(password ? [] : [{ field: 'log-in-password', label: t('password') }]),
  ].map((each) => ({ ...each, message: t('required', { what: each.label }) }));
  const submit = () => {
    setAttempt((count) => count + 1);
    if (missing.length === 0) mutate({ loginName: loginName.trim(), password });
  };
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      {attempt > 0 && <ErrorSummary errors={missing} attempt={attempt} />}
      <Form.Item label={t('loginName')} htmlFor="log-in-name">
        <Input
          id="log-in-name"
          autoComplete="username"
          autoFocus={!fixed}
          readOnly={fixed !== undefined}
          value={loginName}
          onChange={(event) => setLoginName(event.target.value)}
        />
      </Form.Item>
      <Form.Item label={t('password')} htmlFor="log-in-password">
        <Input.Password
          id="log-in-password"
          autoComplete="current-password"
          autoFocus={fixed !== undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Form.Item>
      <Problem error={error} />
      <Button type="primary" htmlType="submit" block loading={isPending} style={{ marginTop: 12 }}>
        {t('logIn')}
      </Button>
    </Form>
  );
}

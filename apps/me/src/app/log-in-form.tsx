import { ErrorSummary, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { PasswordField, TextField } from './field';
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
  const messageAt = (field: string) =>
    attempt > 0 ? missing.find((each) => each.field === field)?.message : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt((count) => count + 1);
        if (missing.length === 0) mutate({ loginName: loginName.trim(), password });
      }}
    >
      {attempt > 0 && <ErrorSummary errors={missing} attempt={attempt} />}
      <TextField
        id="log-in-name"
        label={t('loginName')}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        readOnly={fixed !== undefined}
        value={loginName}
        change={setLoginName}
        problem={messageAt('log-in-name')}
      />
      <PasswordField
        id="log-in-password"
        label={t('password')}
        autoComplete="current-password"
        value={password}
        change={setPassword}
        problem={messageAt('log-in-password')}
      />
      <Problem error={error} />
      <button className="button button-main button-wide" aria-busy={isPending} disabled={isPending}>
        {t('logIn')}
      </button>
    </form>
  );
}

import { answer, api, passwordGate, PasswordRules, useGate, useSession, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { PasswordField } from '../../app/field';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { words } from '../../app/words';

/** Changing the own password, by choice or because it has expired. */
export default function PasswordPage() {
  const t = useWords(words);
  const { me, post } = useSession();
  const mustChange = useGate(passwordGate);
  const [, navigate] = useLocation();
  const [current, setCurrent] = useState('');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      answer(api.PUT('/api/v1/me/password', { body: { currentPassword: current, newPassword: first } })),
    onSuccess: () => {
      passwordGate.pass();
      navigate('/', { replace: true });
    },
  });
  const known = [me.account.loginName, post.organisation, me.name, current];
  const differ = second !== '' && first !== second;
  return (
    <Sheet title={t('changePassword')} {...(!mustChange && { back: '/account' })}>
      {mustChange && <p className="note">{t('passwordExpired')}</p>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <PasswordField
          id="current-password"
          label={t('currentPassword')}
          autoComplete="current-password"
          value={current}
          change={setCurrent}
        />
        <PasswordField
          id="new-password"
          label={t('newPassword')}
          autoComplete="new-password"
          value={first}
          change={setFirst}
          hint={<PasswordRules id="password-rules" password={first} known={known} />}
        />
        <PasswordField
          id="repeat-password"
          label={t('repeatPassword')}
          autoComplete="new-password"
          value={second}
          change={setSecond}
          problem={differ ? t('passwordsDiffer') : undefined}
        />
        <Problem error={error} />
        <button
          className="button button-main button-wide"
          disabled={isPending || !current || !first || first !== second}
        >
          {t('save')}
        </button>
      </form>
    </Sheet>
  );
}

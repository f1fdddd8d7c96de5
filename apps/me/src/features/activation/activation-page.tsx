import { PasswordRules, ErrorSummary, useWords } from '@shidang/web-kit';
import { activationWords, takeCode, useActivation, useSlipCode, type Activation } from '@shidang/web-kit/activation';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Door } from '../../app/door';
import { PasswordField, TextField } from '../../app/field';
import { Problem } from '../../app/problem';
import { words } from '../../app/words';
import { PersonFields } from './person-fields';

/** From the slip to the first log-in: the QR of the slip leads here with its code behind `#`. */
export default function ActivationPage() {
  const t = useWords(activationWords);
  const [scanned] = useState(takeCode);
  const [activation, setActivation] = useState<Activation>();
  return (
    <Door title={t('title')} other={{ to: '/log-in', words: t('toLogIn') }}>
      {activation ? (
        <SetPassword activation={activation} again={() => setActivation(undefined)} />
      ) : (
        <CodeForm scanned={scanned} found={setActivation} />
      )}
    </Door>
  );
}

interface CodeFormProps {
  readonly scanned: string;
  readonly found: (activation: Activation) => void;
}

function CodeForm({ scanned, found }: CodeFormProps) {
  const t = useWords(activationWords);
  const { code, setCode, check, isPending, error } = useSlipCode(scanned, found);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <TextField
        id="activation-code"
        label={t('code')}
        hint={t('codeHint')}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        value={code}
        change={setCode}
      />
      <Problem error={error} />
      <button className="button button-main button-wide" disabled={isPending || !code.trim()}>
        {t('check')}
      </button>
    </form>
  );
}

interface SetPasswordProps {
  readonly activation: Activation;
  readonly again: () => void;
}

function SetPassword({ activation, again }: SetPasswordProps) {
  const t = useWords(activationWords);
  const [, navigate] = useLocation();
  const form = useActivation(activation, async (mustChange) =>
    navigate(mustChange ? '/password' : '/', { replace: true }),
  );
  const { messageAt } = form;
  if (form.redeemed) return <p className="note note-done">{t('activated', { loginName: form.redeemed.loginName })}</p>;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <Whose activation={activation} again={again} />
      {!activation.personKnown && <PersonFields person={form.person} change={form.setPerson} messageAt={messageAt} />}
      <PasswordField
        id="new-password"
        label={t('password')}
        autoComplete="new-password"
        value={form.password}
        change={form.setPassword}
        problem={messageAt('new-password')}
        hint={<PasswordRules id="password-rules" password={form.password} known={form.known} />}
      />
      <PasswordField
        id="repeat-password"
        label={t('repeat')}
        autoComplete="new-password"
        value={form.repeated}
        change={form.setRepeated}
        problem={messageAt('repeat-password')}
      />
      <Problem error={form.error} />
      <button className="button button-main button-wide" disabled={form.isPending}>
        {t('activate')}
      </button>
    </form>
  );
}

function Whose({ activation, again }: SetPasswordProps) {
  const t = useWords(activationWords);
  const m = useWords(words);
  const { organisationName, role, loginName } = activation;
  return (
    <section className="card">
      <dl className="facts">
        <div>
          <dt>{t('organisation')}</dt>
          <dd>{organisationName}</dd>
        </div>
        {role && (
          <div>
            <dt>{t('role')}</dt>
            <dd>{m(`role_${role}`)}</dd>
          </div>
        )}
        <div>
          <dt>{t('loginName')}</dt>
          <dd>
            <strong>{loginName}</strong>
          </dd>
        </div>
      </dl>
      <p className="quiet">{t('loginNameHint')}</p>
      <button type="button" className="link" onClick={again}>
        {t('otherCode')}
      </button>
    </section>
  );
}

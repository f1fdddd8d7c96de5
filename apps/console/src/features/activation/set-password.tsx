import { faultsOf } from '@shidang/access';
import {
  answer,
  ErrorSummary,
  frankApi,
  PasswordRules,
  useSessionVerbs,
  useWords,
  type FieldError,
} from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Descriptions, Form, Input } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { words as consoleWords } from '../../app/words';
import type { Activation } from './activation-page';
import { PersonFields, type PersonSaid } from './person-fields';
import { words } from './words';

interface SetPasswordProps {
  readonly activation: Activation;
  readonly again: () => void;
}

/** Who one is, and the password; everything stays typed when the server refuses. */
export function SetPassword({ activation, again }: SetPasswordProps) {
  const t = useWords(words);
  const { logIn } = useSessionVerbs();
  const navigate = useNavigate();
  const [person, setPerson] = useState<PersonSaid>({ name: activation.name ?? '', type: '1', number: '' });
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [attempt, setAttempt] = useState(0);
  const known = [activation.loginName, activation.organisation, person.name, person.number];
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: async () => {
      const body = {
        code: activation.code,
        password,
        ...(!activation.personKnown && {
          name: person.name.trim(),
          document: { type: person.type, number: person.number.trim() },
        }),
      };
      const redeemed = await answer(frankApi.POST('/api/v1/activations', { body }));
      // The account is active from here on: a log-in that fails is no reason to activate again.
      const session = await logIn({ loginName: redeemed.loginName, password }).catch(() => undefined);
      if (session) await navigate({ href: session.mustChangePassword ? '/console/password' : '/console/' });
      return redeemed;
    },
  });
  const empty = (field: string, label: string): FieldError => ({
    field,
    label,
    message: t('required', { what: label }),
  });
  const errors: FieldError[] = [
    ...(activation.personKnown || person.name.trim() ? [] : [empty('person-name', t('name'))]),
    ...(activation.personKnown || person.number.trim() ? [] : [empty('person-number', t('documentNumber'))]),
    ...(faultsOf(password, known).length > 0
      ? [{ field: 'new-password', label: t('password'), message: t('weak') }]
      : []),
    ...(password !== repeated ? [{ field: 'repeat-password', label: t('repeat'), message: t('differ') }] : []),
  ];
  const shown = attempt > 0 ? errors : [];
  const messageAt = (field: string) => shown.find((each) => each.field === field)?.message;
  const submit = () => {
    setAttempt((count) => count + 1);
    if (errors.length === 0) mutate();
  };
  if (data) return <Alert type="success" showIcon title={t('activated', { loginName: data.loginName })} />;
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      <ErrorSummary errors={shown} attempt={attempt} />
      <Whose activation={activation} again={again} />
      {!activation.personKnown && <PersonFields person={person} change={setPerson} messageAt={messageAt} />}
      <Form.Item
        label={t('password')}
        htmlFor="new-password"
        validateStatus={messageAt('new-password') && 'error'}
        help={messageAt('new-password')}
      >
        <Input.Password
          id="new-password"
          autoComplete="new-password"
          aria-describedby="password-rules"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Form.Item>
      <PasswordRules id="password-rules" password={password} known={known} />
      <Form.Item
        label={t('repeat')}
        htmlFor="repeat-password"
        validateStatus={messageAt('repeat-password') && 'error'}
        help={messageAt('repeat-password')}
      >
        <Input.Password
          id="repeat-password"
          autoComplete="new-password"
          value={repeated}
          onChange={({ target }) => setRepeated(target.value)}
        />
      </Form.Item>
      <Problem error={error} />
      <Button type="primary" htmlType="submit" block loading={isPending} style={{ marginTop: 12 }}>
        {t('activate')}
      </Button>
    </Form>
  );
}

function Whose({ activation, again }: SetPasswordProps) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  const { organisationName, role, loginName } = activation;
  return (
    <section>
      <p>
        {t('for')}
        <Button type="link" size="small" onClick={again}>
          {t('otherCode')}
        </Button>
      </p>
      <Descriptions
        column={1}
        size="small"
        bordered
        className="activation-whose"
        items={[
          { key: 'organisation', label: t('organisation'), children: organisationName },
          ...(role ? [{ key: 'role', label: t('role'), children: c(`role_${role}`) }] : []),
          {
            key: 'login',
            label: t('loginName'),
            children: (
              <>
                <strong>{loginName}</strong>
                <div className="activation-aside">{t('loginNameHint')}</div>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

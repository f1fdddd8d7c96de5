import { ErrorSummary, PasswordRules, useWords } from '@shidang/web-kit';
import { activationWords as words, useActivation, type Activation } from '@shidang/web-kit/activation';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Descriptions, Form, Input } from 'antd';
import { Problem } from '../../app/problem';
import { words as consoleWords } from '../../app/words';
import { PersonFields } from './person-fields';

interface SetPasswordProps {
  readonly activation: Activation;
  readonly again: () => void;
}

/** Who one is, and the password; everything stays typed when the server refuses. */
export function SetPassword({ activation, again }: SetPasswordProps) {
  const t = useWords(words);
  const navigate = useNavigate();
  const form = useActivation(activation, (mustChange) =>
    navigate({ href: mustChange ? '/console/password' : '/console/' }),
  );
  const { messageAt, redeemed } = form;
  if (redeemed) return <Alert type="success" showIcon title={t('activated', { loginName: redeemed.loginName })} />;
  return (
    <Form layout="vertical" onFinish={form.submit} requiredMark={false}>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <Whose activation={activation} again={again} />
      {!activation.personKnown && <PersonFields person={form.person} change={form.setPerson} messageAt={messageAt} />}
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
          value={form.password}
          onChange={({ target }) => form.setPassword(target.value)}
        />
      </Form.Item>
      <PasswordRules id="password-rules" password={form.password} known={form.known} />
      <Form.Item
        label={t('repeat')}
        htmlFor="repeat-password"
        validateStatus={messageAt('repeat-password') && 'error'}
        help={messageAt('repeat-password')}
      >
        <Input.Password
          id="repeat-password"
          autoComplete="new-password"
          value={form.repeated}
          onChange={({ target }) => form.setRepeated(target.value)}
        />
      </Form.Item>
      <Problem error={form.error} />
      <Button type="primary" htmlType="submit" block loading={form.isPending} style={{ marginTop: 12 }}>
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

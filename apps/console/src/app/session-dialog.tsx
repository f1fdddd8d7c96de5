import { logInAgain, sessionGate, useGate, useSession, useWords } from '@shidang/web-kit';
import { Button, Modal } from 'antd';
import { LogInForm } from './log-in-form';
import { words } from './words';

/** Over whatever page is open when the session ends: the page behind keeps what was typed, the request behind goes on. */
export function SessionDialog() {
  const t = useWords(words);
  const session = useSession();
  const open = useGate(sessionGate);
  const again = async ({ password }: { password: string }) => {
    await logInAgain(session, password);
    sessionGate.pass();
  };
  return (
    <Modal
      open={open}
      title={t('logInAgain')}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      destroyOnHidden
    >
      <p>{t('sessionEnded')}</p>
      <LogInForm fixed={session.me.account.loginName} logIn={again} />
      <Button
        type="link"
        onClick={() => {
          sessionGate.refuse();
          location.assign('/console/log-in');
        }}
      >
        {t('otherUser')}
      </Button>
    </Modal>
  );
}

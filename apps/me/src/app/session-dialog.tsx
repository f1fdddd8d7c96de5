import { logInAgain, sessionGate, useGate, useSession, useWords } from '@shidang/web-kit';
import { Dialog } from './dialog';
import { LogInForm } from './log-in-form';
import { words } from './words';

/** Over whatever page is open when the session ends: the page behind keeps what was typed, the request behind goes on. */
export function SessionDialog() {
  const t = useWords(words);
  const session = useSession();
  const open = useGate(sessionGate);
  if (!open) return null;
  return (
    <Dialog title={t('logInAgain')}>
      <p>{t('sessionEnded')}</p>
      <LogInForm
        fixed={session.me.account.loginName}
        logIn={async ({ password }) => {
          await logInAgain(session, password);
          sessionGate.pass();
        }}
      />
      <button
        className="link"
        onClick={() => {
          sessionGate.refuse();
          location.assign('/me/log-in');
        }}
      >
        {t('otherUser')}
      </button>
    </Dialog>
  );
}

import { useSession, useSessionVerbs, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useOwnRecordId } from '../features/record/own-record';
import { clearDevice } from './device/clear-device';
import { useUnsaved } from './device/unsaved';
import { Dialog } from './dialog';
import { Problem } from './problem';
import { words } from './words';

/** Nothing that was typed stays on the device, whether or not the server can be reached; what is not saved is said before. */
export function LogOut() {
  const t = useWords(words);
  const { logOut } = useSessionVerbs();
  const { me } = useSession();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState(false);
  const unsaved = useUnsaved(me.account.id, useOwnRecordId() ?? '');
  const count = [...unsaved.values()].reduce((sum, each) => sum + each, 0);
  const [section] = unsaved.size === 1 ? [...unsaved.keys()] : [];
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => clearDevice().then(logOut),
    onSuccess: (ended) => navigate(ended ? '/log-in' : '/log-in?ended=later', { replace: true }),
  });
  return (
    <>
      <Problem error={error} />
      <button
        className="button button-wide"
        disabled={isPending}
        onClick={() => (count > 0 ? setAsked(true) : mutate())}
      >
        {t('logOut')}
      </button>
      {asked && (
        <Dialog title={t('logOutAsk', { count })} onClose={() => setAsked(false)}>
          <p>{t('logOutLoses')}</p>
          <button
            className="button button-main button-wide"
            disabled={isPending}
            onClick={() => navigate(section ? `/sections/${section}` : '/')}
          >
            {t('logOutSee')}
          </button>
          <button className="button button-wide" disabled={isPending} onClick={() => mutate()}>
            {t('logOutAnyway')}
          </button>
        </Dialog>
      )}
    </>
  );
}

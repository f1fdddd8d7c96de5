import { useSessionVerbs, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { clearDevice } from './device/clear-device';
import { Problem } from './problem';
import { words } from './words';

/** Nothing that was typed stays on the device. */
export function LogOut() {
  const t = useWords(words);
  const { logOut } = useSessionVerbs();
  const [, navigate] = useLocation();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => logOut().then(clearDevice),
    onSuccess: () => navigate('/log-in', { replace: true }),
  });
  return (
    <>
      <Problem error={error} />
      <button className="button button-wide" disabled={isPending} onClick={() => mutate()}>
        {t('logOut')}
      </button>
    </>
  );
}

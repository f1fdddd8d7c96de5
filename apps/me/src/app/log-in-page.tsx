import { useSessionVerbs, useWords, type Credentials } from '@shidang/web-kit';
import { useLocation, useSearchParams } from 'wouter';
import { Door } from './door';
import { LogInForm } from './log-in-form';
import { words } from './words';

/** The way in; after it one is where one wanted to go. */
export function LogInPage() {
  const t = useWords(words);
  const { logIn } = useSessionVerbs();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const enter = async (credentials: Credentials) => {
    const { mustChangePassword } = await logIn(credentials);
    const next = search.get('next') ?? '/';
    // Only paths of our own: a link must not lead elsewhere after a log-in.
    navigate(mustChangePassword ? '/password' : /^\/(?![/\\])/.test(next) ? next : '/', { replace: true });
  };
  return (
    <Door title={t('logIn')} lead={t('lead')} other={{ to: '/activate', words: t('activate') }}>
      {search.get('ended') === 'later' && (
        <p className="note note-waiting" role="status">
          {t('endsLater')}
        </p>
      )}
      <LogInForm logIn={enter} />
    </Door>
  );
}

import type { Role } from '@shidang/access';
import { languages, setLanguage, useLanguage, useSessionVerbs, useWords, type Credentials } from '@shidang/web-kit';
import { useNavigate } from '@tanstack/react-router';
import { Button, Card } from 'antd';
import { homeOf, isPhone } from './home-of';
import { LogInForm } from './log-in-form';
import { parseUrlSearch, useUrlSearch } from './url-state';
import { words } from './words';

const names = { 'zh-CN': '中文', en: 'English' } as const;

/** The way in for everybody who administers; after it one is where one wanted to go. */
export function LogInPage() {
  const t = useWords(words);
  const chosen = useLanguage();
  const { logIn } = useSessionVerbs();
  const navigate = useNavigate();
  const [{ next }] = useUrlSearch<'next'>();
  const enter = async (credentials: Credentials) => {
    const { mustChangePassword, account } = await logIn(credentials);
    const role = account.posts.find(({ current }) => current)?.role as Role;
    if (!next && !mustChangePassword && homeOf(role, isPhone()) === '/me/') return location.assign('/me/');
    // Only paths of our own: a link must not lead elsewhere after a log-in.
    const wanted = next && /^\/(?![/\\])/.test(next) ? next : '/';
    const { pathname, search } = new URL(mustChangePassword ? '/password' : wanted, location.origin);
    await navigate({ to: pathname as never, search: parseUrlSearch(search) as never });
  };
  return (
    <main className="console-door">
      <Card>
        <h1>
          {t('product')} <small>{t('productLong')}</small>
        </h1>
        <LogInForm logIn={enter} />
        <p className="console-door-foot">
          <a href="/console/activate">{t('activate')}</a>
          {languages
            .filter((each) => each !== chosen)
            .map((each) => (
              <Button key={each} type="link" lang={each} onClick={() => setLanguage(each)}>
                {names[each]}
              </Button>
            ))}
        </p>
      </Card>
    </main>
  );
}

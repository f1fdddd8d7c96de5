import type { Role } from '@shidang/access';
import {
  formatMoment,
  passwordGate,
  SessionProvider,
  useConnection,
  useGate,
  useSession,
  useSessionQuery,
  useStrangers,
  useWords,
} from '@shidang/web-kit';
import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Alert, Layout, Watermark } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Header } from './header';
import { homeOf, isPhone } from './home-of';
import { Loading } from './loading';
import { MainMenu } from './main-menu';
import { Problem } from './problem';
import { SessionDialog } from './session-dialog';
import { words } from './words';

/** Around every page that needs somebody: header, menu, connection banner, log-in dialog. */
export function Shell() {
  const { data: session, error, refetch } = useSessionQuery();
  useStrangers();
  if (session) {
    return (
      <SessionProvider session={session}>
        <Frame />
      </SessionProvider>
    );
  }
  if (session === null) return <ToLogIn />;
  return error ? <Problem error={error} retry={() => void refetch()} /> : <Loading />;
}

/** Remembers where one wanted to go. */
function ToLogIn() {
  const navigate = useNavigate();
  const { pathname, searchStr } = useLocation();
  const [next] = useState(pathname === '/' ? undefined : `${pathname}${searchStr}`);
  useEffect(() => {
    void navigate({ to: '/log-in', search: (next ? { next } : {}) as never, replace: true });
  }, [navigate, next]);
  return <Loading />;
}

function Frame() {
  const t = useWords(words);
  const { me, post } = useSession();
  const { pathname } = useLocation();
  const mustChange = useGate(passwordGate);
  const marks = useMemo(
    () => [post.organisationName, `${me.name ?? me.account.loginName} ${formatMoment(new Date())}`],
    [me, post],
  );
  const isElsewhere = pathname === '/' && homeOf(post.role as Role, isPhone()) === '/me/';
  useEffect(() => {
    if (isElsewhere && !mustChange) location.replace('/me/');
  }, [isElsewhere, mustChange]);
  if (mustChange && pathname !== '/password') return <Navigate to="/password" replace />;
  if (isElsewhere) return <Loading />;
  return (
    <Layout className="console-frame">
      <a className="console-skip" href="#content">
        {t('skip')}
      </a>
      <Header />
      <ConnectionBanner />
      <Layout hasSider>
        <Layout.Sider width={184} className="console-side">
          <MainMenu />
        </Layout.Sider>
        <Watermark
          content={marks}
          font={{ color: 'rgba(0,0,0,0.05)', fontSize: 13 }}
          gap={[160, 160]}
          className="console-sheet"
        >
          <main id="content" tabIndex={-1} className="console-content">
            {mustChange && <Alert type="warning" showIcon title={t('passwordExpired')} style={{ marginBottom: 16 }} />}
            {/* another post is another person: no page keeps what it showed the last one */}
            <Outlet key={post.id} />
          </main>
        </Watermark>
      </Layout>
      <SessionDialog />
    </Layout>
  );
}

function ConnectionBanner() {
  const t = useWords(words);
  const connection = useConnection();
  return (
    <div role="status" aria-live="polite">
      {connection !== 'up' && (
        <Alert banner type="warning" title={t(connection === 'lost' ? 'connectionLost' : 'connectionBusy')} />
      )}
    </div>
  );
}

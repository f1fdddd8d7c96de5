import {
  passwordGate,
  RefusedByServer,
  SessionProvider,
  useConnection,
  useGate,
  useSession,
  useSessionQuery,
  useStrangers,
  useWords,
} from '@shidang/web-kit';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { TaskListPage } from '../features/record/task-list-page';
import { claimDevice } from './device/clear-device';
import { HomeTools } from './home-tools';
import { LanguageChoice } from './language-choice';
import { Loading } from './loading';
import { LogInPage } from './log-in-page';
import { LogOut } from './log-out';
import { Problem } from './problem';
import { SessionDialog } from './session-dialog';
import { Sheet } from './sheet';
import { words } from './words';

const ActivationPage = lazy(() => import('../features/activation/activation-page'));
const PasswordPage = lazy(() => import('../features/account/password-page'));
const SectionPage = lazy(() => import('../features/sections/section-page'));
const RowPage = lazy(() => import('../features/sections/row-page'));
const CheckPage = lazy(() => import('../features/submission/check-page'));
const ReviewPage = lazy(() => import('../features/review/review-page'));
const CasePage = lazy(() => import('../features/review/case-page'));
const ReceiptsPage = lazy(() => import('../features/review/receipts-page'));
const NoticesPage = lazy(() => import('../features/notices/notices-page'));
const HistoryPage = lazy(() => import('../features/history/history-page'));
const ViewersPage = lazy(() => import('../features/history/viewers-page'));
const CorrectionsPage = lazy(() => import('../features/corrections/corrections-page'));
const AskPage = lazy(() => import('../features/corrections/ask-page'));
const AccountPage = lazy(() => import('../features/account/account-page'));

/** Everything below `/me`. */
export const Pages = () => (
  <Suspense fallback={<Loading />}>
    <Switch>
      <Route path="/log-in" component={LogInPage} />
      <Route path="/activate" component={ActivationPage} />
      <Route>
        <Seat />
      </Route>
    </Switch>
  </Suspense>
);

/** Pages that need somebody; who is nobody goes to the log-in and comes back. */
function Seat() {
  useStrangers();
  const { data: session, error, refetch } = useSessionQuery();
  const [path] = useLocation();
  if (session)
    return (
      <SessionProvider session={session}>
        <Seated key={session.post.id} />
        <SessionDialog />
      </SessionProvider>
    );
  if (session === null)
    return <Redirect to={path === '/' ? '/log-in' : `/log-in?next=${encodeURIComponent(path)}`} replace />;
  if (!error) return <Loading />;
  return error instanceof RefusedByServer ? (
    <Problem error={error} retry={() => void refetch()} />
  ) : (
    <NoConnection again={() => void refetch()} />
  );
}

const againMilliseconds = 5_000;

/** Nobody can be asked who one is; what was typed lies on this device. Goes on by itself. */
function NoConnection({ again }: { readonly again: () => void }) {
  const t = useWords(words);
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    const ask = () => latest.current();
    const timer = setInterval(ask, againMilliseconds);
    window.addEventListener('online', ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', ask);
    };
  }, []);
  return (
    <main className="door">
      <p className="door-brand">{t('product')}</p>
      <h1>{t('noConnection')}</h1>
      <p role="status">{t('connectionLost')}</p>
    </main>
  );
}

function Seated() {
  const [path] = useLocation();
  const mustChange = useGate(passwordGate);
  const { me } = useSession();
  useEffect(() => void claimDevice(me.account.id), [me.account.id]);
  if (mustChange && path !== '/password') return <Redirect to="/password" replace />;
  return (
    <>
      <ConnectionBanner />
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={HomePage} />
          <Route path="/sections/:section" component={SectionPage} />
          <Route path="/sections/:section/:entryId" component={RowPage} />
          <Route path="/sections/:section/:entryId/correction" component={AskPage} />
          <Route path="/corrections" component={CorrectionsPage} />
          <Route path="/check" component={CheckPage} />
          <Route path="/review/:caseId" component={CasePage} />
          <Route path="/receipts" component={ReceiptsPage} />
          <Route path="/notices" component={NoticesPage} />
          <Route path="/history" component={HistoryPage} />
          <Route path="/viewers" component={ViewersPage} />
          <Route path="/account" component={AccountPage} />
          <Route path="/password" component={PasswordPage} />
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
    </>
  );
}

function HomePage() {
  const { post } = useSession();
  if (post.role === 'teacher') return <TaskListPage />;
  return post.role === 'principal' ? <ReviewPage /> : <ElsewherePage />;
}

/** Administrators work at a desk; whoever holds a post besides finds the switch under 我的. */
function ElsewherePage() {
  const t = useWords(words);
  const { post } = useSession();
  return (
    <Sheet title={t('product')} tools={<HomeTools />}>
      <p>{t('elsewhere', { post: `${post.organisationName} · ${t(`role_${post.role}`)}` })}</p>
      <a className="button button-main button-wide" href="/console/">
        {t('toConsole')}
      </a>
      <h2>{t('language')}</h2>
      <LanguageChoice />
      <LogOut />
    </Sheet>
  );
}

function NotFoundPage() {
  const t = useWords(words);
  return (
    <Sheet title={t('notFound')} back="/">
      <p>{t('goHome')}</p>
    </Sheet>
  );
}

function ConnectionBanner() {
  const t = useWords(words);
  const connection = useConnection();
  return (
    <div role="status" aria-live="polite">
      {connection !== 'up' && (
        <p className="banner">{t(connection === 'lost' ? 'connectionLost' : 'connectionBusy')}</p>
      )}
    </div>
  );
}

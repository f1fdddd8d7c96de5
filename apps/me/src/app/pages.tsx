import { findSection } from '@shidang/catalogue';
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
import { NoConnection } from './no-connection';
import { NotFoundPage } from './not-found-page';
import { OwnPage, PrincipalsPage } from './page-of';
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

/** A refusal may be of a busy server; a lost connection is waited for in sight of who waits. */
const retriesSession = (count: number, failure: Error) => failure instanceof RefusedByServer && count < 3;

/** Pages that need somebody; who is nobody goes to the log-in and comes back. */
function Seat() {
  useStrangers();
  const { data: session, error, refetch } = useSessionQuery(retriesSession);
  const [path] = useLocation();
  // stays while it is asked again
  const failure = useRef<Error>(undefined);
  if (error) failure.current = error;
  if (session)
    return (
      <SessionProvider session={session}>
        <Seated key={session.post.id} />
        <SessionDialog />
      </SessionProvider>
    );
  if (session === null)
    return <Redirect to={path === '/' ? '/log-in' : `/log-in?next=${encodeURIComponent(path)}`} replace />;
  const again = () => void refetch();
  if (!failure.current) return <Loading />;
  return failure.current instanceof RefusedByServer ? (
    <Problem error={failure.current} retry={again} />
  ) : (
    <NoConnection again={again} />
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
        <SeatedPages />
      </Suspense>
    </>
  );
}

const isSection = (section: string) => findSection(section) !== undefined;
const isId = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
const isRow = (section: string, entryId: string) =>
  findSection(section)?.multiRecord === true && (entryId === 'new' || isId(entryId));

const SeatedPages = () => (
  <Switch>
    <Route path="/" component={HomePage} />
    <Route path="/sections/:section">{({ section }) => <OwnPage at={isSection(section)} of={SectionPage} />}</Route>
    <Route path="/sections/:section/:entryId">
      {({ section, entryId }) => <OwnPage at={isRow(section, entryId)} of={RowPage} />}
    </Route>
    <Route path="/sections/:section/:entryId/correction">
      {({ section, entryId }) => <OwnPage at={isSection(section) && isId(entryId)} of={AskPage} />}
    </Route>
    <Route path="/corrections">
      <OwnPage of={CorrectionsPage} />
    </Route>
    <Route path="/check">
      <OwnPage of={CheckPage} />
    </Route>
    <Route path="/history">
      <OwnPage of={HistoryPage} />
    </Route>
    <Route path="/viewers">
      <OwnPage of={ViewersPage} />
    </Route>
    <Route path="/review/:caseId">{({ caseId }) => <PrincipalsPage at={isId(caseId)} of={CasePage} />}</Route>
    <Route path="/receipts">
      <PrincipalsPage of={ReceiptsPage} />
    </Route>
    <Route path="/notices" component={NoticesPage} />
    <Route path="/account" component={AccountPage} />
    <Route path="/password" component={PasswordPage} />
    <Route>
      <NotFoundPage />
    </Route>
  </Switch>
);

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
    <Sheet title={t('elsewhereTitle')} tools={<HomeTools />}>
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

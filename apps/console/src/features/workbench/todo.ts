import { answer, api, formatDay, formatMonth, type Session } from '@shidang/web-kit';
import { waitingFor } from '../review/waiting-for';
import type { WorkbenchKey } from './words';

/** One line of what waits for this post. */
export interface Todo {
  readonly key: WorkbenchKey;
  readonly count: number;
  readonly to: string;
  /** `YYYY-MM-DD`, in China. */
  readonly dueOn?: string;
  readonly said?: Readonly<Record<string, string>>;
}

type Look = (session: Session) => Promise<readonly Todo[]>;

const todo = (key: WorkbenchKey, count: number, to: string, dueOn?: string): Todo[] =>
  count > 0 ? [{ key, count, to, dueOn }] : [];

/** The collection's due day binds whoever still has records in hand. */
async function campaignDue({ can, post }: Session): Promise<string | undefined> {
  if (!can('campaign.read')) return undefined;
  const query = { organisation: post.organisation };
  return (await answer(api.GET('/api/v1/campaigns', { params: { query } }))).dueOn;
}

type Stage = 'school-approved' | 'school-returned' | 'authority-returned';

const casesAt = async (state: Stage): Promise<number> =>
  (await answer(api.GET('/api/v1/review-cases', { params: { query: { state, limit: 1 } } }))).page.total;

const review: Look = async (session) => {
  const query = { ...waitingFor(session.post.tier), limit: 1 };
  const { page } = await answer(api.GET('/api/v1/review-cases', { params: { query } }));
  return todo('review', page.total, '/review', page.total > 0 ? await campaignDue(session) : undefined);
};

const sendUpward: Look = async (session) => {
  const n = await casesAt('school-approved');
  return todo('sendUpward', n, '/submissions', n > 0 ? await campaignDue(session) : undefined);
};

const returned: Look = async (session) => {
  const [bySchool, byAuthority] = await Promise.all([casesAt('school-returned'), casesAt('authority-returned')]);
  const dueOn = bySchool + byAuthority > 0 ? await campaignDue(session) : undefined;
  return [
    ...todo('returnedBySchool', bySchool, '/teachers?status=school-returned', dueOn),
    ...todo('returnedByAuthority', byAuthority, '/teachers?status=authority-returned', dueOn),
  ];
};

/** 工作方案 五(三): the whole record of everybody is submitted by who keeps it, once it is complete. */
const submit: Look = async (session) => {
  const query = { status: 'complete' as const, limit: 1 };
  const { page } = await answer(api.GET('/api/v1/teachers', { params: { query } }));
  const dueOn = page.total > 0 ? await campaignDue(session) : undefined;
  return todo('submit', page.total, '/teachers?status=complete', dueOn);
};

/** 工作方案 五(五): what teachers ask the school to correct. */
const corrections: Look = async () => {
  const { page } = await answer(api.GET('/api/v1/corrections', { params: { query: { state: 'open', limit: 1 } } }));
  return todo('corrections', page.total, '/corrections?state=open');
};

const confirmHeadCounts: Look = async () => {
  const query = { state: 'declared' as const, limit: 1 };
  const { page } = await answer(api.GET('/api/v1/head-counts', { params: { query } }));
  return todo('confirmHeadCounts', page.total, '/collection?state=declared');
};

const declareHeadCount: Look = async (session) => {
  const path = { code: session.post.organisation };
  const { declared } = await answer(api.GET('/api/v1/organisations/{code}/head-count', { params: { path } }));
  return declared === undefined ? todo('declareHeadCount', 1, '/collection', await campaignDue(session)) : [];
};

/** 工作方案 六(三): every month has its report; also the month that nobody has opened yet. */
const ownReport: Look = async ({ post }) => {
  if (post.tier === 'school' || post.tier === 'central') return [];
  const month = formatDay(new Date()).slice(0, 7);
  const query = { month, organisation: post.organisation, limit: 50 };
  const { items } = await answer(api.GET('/api/v1/monthly-reports', { params: { query } }));
  const mine = items.find(({ organisation }) => organisation.code === post.organisation);
  const said = { month: formatMonth(month) };
  if (!mine) return [{ key: 'openReport', count: 1, to: '/monthly-reports', said }];
  const to = `/monthly-reports/${mine.id}`;
  if (mine.stage === 'open') return [{ key: 'openReport', count: 1, to, dueOn: mine.dueOn, said }];
  return mine.stage === 'returned' ? [{ key: 'mendReport', count: 1, to, dueOn: mine.dueOn, said }] : [];
};

const acceptReports: Look = async ({ post }) => {
  const query = { stage: 'submitted' as const, limit: 50 };
  const { items } = await answer(api.GET('/api/v1/monthly-reports', { params: { query } }));
  const theirs = items.filter(({ organisation }) => organisation.code !== post.organisation);
  return todo('acceptReports', theirs.length, '/monthly-reports?stage=submitted');
};

const urgings: Look = async () => {
  const box = 'received' as const;
  const ask = (state: 'unanswered' | 'unread') =>
    answer(api.GET('/api/v1/urgings', { params: { query: { box, state, limit: 50 } } }));
  const [unanswered, unread] = await Promise.all([ask('unanswered'), ask('unread')]);
  const days = unanswered.items.flatMap(({ dueOn }) => dueOn ?? []).sort();
  const known = new Set(unanswered.items.map(({ id }) => id));
  const others = unread.items.filter(({ id }) => !known.has(id));
  return [
    ...todo('answerUrgings', unanswered.page.total, '/urgings?box=received&state=unanswered', days[0]),
    ...todo('readUrgings', others.length, '/urgings?box=received&state=unread'),
  ];
};

const openImports: readonly string[] = ['uploaded', 'checking', 'matching', 'checked', 'committing'];

/** One's own: what another organisation has begun is not for oneself to end. */
const imports: Look = async ({ post }) => {
  const { items } = await answer(api.GET('/api/v1/imports', { params: { query: { limit: 50 } } }));
  const own = items.filter(
    ({ organisation, state }) => organisation === post.organisation && openImports.includes(state),
  );
  return todo('imports', own.length, '/imports');
};

const accounts: Look = async ({ post }) => {
  const [{ states }, lacking] = await Promise.all([
    answer(api.GET('/api/v1/account-counts')),
    post.tier === 'school'
      ? 0
      : answer(api.GET('/api/v1/account-coverage', { params: { query: { lacking: 'yes', limit: 1 } } })).then(
          ({ page }) => page.total,
        ),
  ]);
  const of = (wanted: string) => states.find(({ state }) => state === wanted)?.accounts ?? 0;
  return [
    ...todo('lackAccounts', lacking, '/accounts/issue'),
    ...todo('waitingAccounts', of('waiting'), '/accounts?state=waiting'),
    ...todo('unissuedSlips', of('unissued'), '/accounts?state=unissued'),
    ...todo('expiredSlips', of('expired'), '/accounts?state=expired'),
  ];
};

/** Only what the post may do is asked for. */
export function looksFor(session: Session): { name: string; look: Look }[] {
  const { can, post } = session;
  const atSchool = post.tier === 'school';
  const looks = {
    review: can('review.decide') && review,
    sendUpward: can('review.submitUpward') && atSchool && sendUpward,
    submit: can('record.submit') && post.role === 'informationAdministrator' && atSchool && submit,
    returned: can('record.fill') && can('review.read') && atSchool && returned,
    corrections: can('change.request') && corrections,
    confirmHeadCounts: can('headcount.confirm') && confirmHeadCounts,
    declareHeadCount: can('headcount.declare') && declareHeadCount,
    ownReport: can('report.write') && ownReport,
    acceptReports: can('report.accept') && acceptReports,
    urgings: can('urge.read') && urgings,
    imports: can('record.import') && imports,
    accounts: can('account.read') && accounts,
  };
  return Object.entries(looks).flatMap(([name, look]) => (look ? [{ name, look }] : []));
}

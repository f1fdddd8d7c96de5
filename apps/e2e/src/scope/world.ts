import { eventually } from '@shidang/testing';
import type { Door } from '../door';
import type { People } from '../people';
import { teacherDoor } from '../record';
import { scenario } from '../scenario';
import type { Asker, Planted, Target } from './oracle';
import { changed, record, type Recorded } from './records';
import { authorities, every, home, month, schoolsHere } from './tree';

export interface Somebody extends Asker {
  door: Door;
}

export interface World {
  people: People;
  askers: Somebody[];
  planted: Planted[];
  /** With a case under way. */
  teachers: Target[];
  changes: Target[];
  accounts: Target[];
  reports: Target[];
  imports: Target[];
  batches: Target[];
  receipts: Target[];
  notices: Target[];
  urgings: Target[];
}

const officesAt: Readonly<Record<string, readonly string[]>> = {
  '000000': ['informationAdministrator', 'informationViewer'],
  [home.city]: ['informationAdministrator', 'informationViewer', 'auditor', 'operator'],
  [home.county]: ['informationAdministrator', 'informationViewer', 'auditor', 'operator'],
  [home.cousinCounty]: ['informationAdministrator'],
  [home.school]: ['informationViewer', 'auditor'],
};

/** Whose requests fill the matrix; the others are only asked about. */
const asking = ['000000', '330000', home.city, home.county, home.school];
const rolesAsking = [
  'systemAdministrator',
  'informationAdministrator',
  'informationViewer',
  'principal',
  'auditor',
  'operator',
];

async function found(people: People): Promise<void> {
  await people.found('330000', home.city, '台州市');
  await every([home.county, home.cousinCounty], (code) => people.found(home.city, code, `台州${code}区`));
  await people.found('330000', home.otherCity, '舟山市');
  await Promise.all([
    people.school(home.county, home.school, '椒江第一小学', '211'),
    people.school(home.county, home.sibling, '椒江第二小学', '211'),
    people.school(home.cousinCounty, home.cousin, '黄岩第一小学', '211'),
    people.school(home.city, home.cityRun, '台州实验学校', '312'),
    people.school(home.otherCity, home.otherCityRun, '舟山实验学校', '312'),
  ]);
  for (const [code, roles] of Object.entries(officesAt))
    await every(roles, (role) => people.issue(`systemAdministrator@${code}`, role, code));
}

/** Never activated, so that a new slip hurts nobody: a viewer and a second system administrator of each organisation. */
async function spareAccounts(people: People): Promise<Target[]> {
  const wanted = [...authorities, ...schoolsHere].flatMap((organisation) =>
    ['informationViewer', 'systemAdministrator'].map((role) => ({ organisation, role })),
  );
  return every(wanted, async ({ organisation, role }) => {
    const issuer = people.at(`systemAdministrator@${organisation}`);
    const { body } = await issuer.must<{ accountId: string; loginName: string }>('POST', '/accounts', {
      body: { role, organisation },
    });
    const view = await issuer.must<{ posts: { id: string }[] }>('GET', `/accounts/${body.accountId}`);
    return {
      label: `spare ${role} of ${organisation}`,
      kind: 'account' as const,
      organisation,
      role,
      ids: { accountId: body.accountId, postId: view.body.posts[0]!.id, loginName: body.loginName.split('@')[0]! },
    };
  });
}

async function openedReports(people: People): Promise<Target[]> {
  return every([home.city, home.county, home.cousinCounty], async (organisation) => {
    const made = await people
      .at(`informationAdministrator@${organisation}`)
      .must<{ id: string }>('POST', '/monthly-reports', { body: { month } });
    return { label: `report of ${organisation}`, kind: 'report', organisation, ids: { reportId: made.body.id } };
  });
}

/** The empty template, sent back: enough to be somebody's import. */
async function imported(people: People): Promise<Target[]> {
  return every([home.school, home.cousin], async (organisation) => {
    const door = people.at(`informationAdministrator@${organisation}`);
    const content = await eventually(async () => {
      const template = await door.download('/import-templates/primarySecondary.xlsx');
      return template.status === 200 && template.content;
    }, 'the template is made');
    const sent = await door.upload<{ id: string }>('/imports', '名单.xlsx', content);
    if (sent.status !== 202) throw new Error(`the template is not taken: ${sent.status} ${JSON.stringify(sent.body)}`);
    const owner = `informationAdministrator@${organisation}`;
    return {
      label: `import of ${organisation}`,
      kind: 'school-file',
      organisation,
      owner,
      ids: { importId: sent.body.id },
    };
  });
}

async function heldBatches(people: People, records: readonly Recorded[]): Promise<Target[]> {
  return every([home.school, home.cousin], async (organisation) => {
    const { submitted } = records.filter(({ target }) => target.organisation === organisation).at(-1)!;
    const owner = `principal@${organisation}`;
    const cases = [{ caseId: submitted.id, contentHash: submitted.contentHash }];
    const made = await people
      .at(owner)
      .must<{ id: string; count: number }>('POST', '/review-batches', { body: { verdict: 'approve', cases } });
    if (made.body.count !== 1) throw new Error(`the batch holds nothing: ${JSON.stringify(made.body)}`);
    return {
      label: `batch of ${organisation}`,
      kind: 'school-file',
      organisation,
      owner,
      ids: { batchId: made.body.id },
    };
  });
}

async function firstNotices(people: People): Promise<Target[]> {
  return every([`principal@${home.school}`, `principal@${home.cousin}`], async (owner) => {
    const noticeId = await eventually(
      async () => {
        const { body } = await people.at(owner).must<{ items: { id: string }[] }>('GET', '/notices');
        return body.items[0]?.id ?? false;
      },
      `${owner} is told of a case`,
      { timeout: 20_000 },
    );
    return { label: `notice of ${owner}`, kind: 'notice', organisation: home.school, owner, ids: { noticeId } };
  });
}

/** One to a school below each county, when progress has seen that something waits there. */
async function sentUrgings(people: People): Promise<Target[]> {
  const pairs: [string, string][] = [
    [home.county, home.school],
    [home.cousinCounty, home.cousin],
  ];
  return every(pairs, async ([county, school]) => {
    const door = people.at(`informationAdministrator@${county}`);
    const urgingId = await eventually(
      async () => {
        const { status, body } = await door.post<{ id: string }>('/urgings', { organisations: [school] });
        return status === 201 ? body.id : false;
      },
      `${county} finds something to urge at ${school}`,
      { timeout: 20_000 },
    );
    const addressed = ['informationAdministrator', 'principal'].map((role) => `${role}@${school}`);
    return { label: `urging of ${county}`, kind: 'urging', organisation: county, addressed, ids: { urgingId } };
  });
}

async function somebody(people: People, post: string, teacherId?: string): Promise<Somebody> {
  const door = people.at(post);
  const { body } = await door.must<{ account: { id: string }; post: { role: string; organisation: string } }>(
    'GET',
    '/me',
  );
  const { role, organisation } = body.post;
  return { post, role, organisation, accountId: body.account.id, teacherId, door };
}

async function askersOf(people: People, teacherId: string): Promise<Somebody[]> {
  await teacherDoor(people, home.school, teacherId);
  const posts = asking.flatMap((organisation) => rolesAsking.map((role) => `${role}@${organisation}`));
  const held = posts.filter((post) => people.posts().includes(post));
  return Promise.all([
    ...held.map((post) => somebody(people, post)),
    somebody(people, `teacher:${teacherId}`, teacherId),
  ]);
}

const ownAccount = (asker: Somebody): Target => ({
  label: `own account of ${asker.post}`,
  kind: 'account',
  organisation: asker.organisation,
  role: asker.role,
  live: true,
  ids: { accountId: asker.accountId, postId: asker.accountId, loginName: 'nobody' },
});

export async function buildWorld(): Promise<World> {
  const people = scenario('scope');
  await found(people);
  const [accounts, reports, imports] = await Promise.all([
    spareAccounts(people),
    openedReports(people),
    imported(people),
  ]);
  // self, colleague, sibling, cousin, run by the city, of another city
  const under = [home.school, home.school, home.sibling, home.cousin, home.cityRun, home.otherCityRun];
  const [records, effective] = await Promise.all([
    every(under, (school, index) => record(people, school, index)),
    every([home.school, home.cousin], (school, index) => record(people, school, under.length + index)),
  ]);
  // looked at by the principal, so that nobody can withdraw it any more
  await every(records, ({ submitted, target }) =>
    people.at(`principal@${target.organisation}`).must('GET', `/review-cases/${submitted.id}`),
  );
  const changedOnes = await every(effective, (each) => changed(people, each));
  const batches = await heldBatches(people, records);
  const notices = await firstNotices(people);
  const urgings = await sentUrgings(people);
  const askers = await askersOf(people, records[0]!.target.teacherId!);
  const teacherAccounts = [...records, ...effective].map(({ planted, target }, index): Target => ({
    label: `account of ${target.label}`,
    kind: 'account',
    organisation: planted.organisation,
    role: 'teacher',
    live: index === 0,
    ids: { accountId: planted.accountId, postId: planted.accountId, loginName: 'nobody' },
  }));
  return {
    people,
    askers,
    planted: [...records, ...effective].map(({ planted }) => planted),
    teachers: records.map(({ target }) => target),
    changes: changedOnes.map(({ change }) => change),
    receipts: changedOnes.map(({ receipt }) => receipt),
    accounts: [
      ...accounts,
      ...teacherAccounts.slice(0, 4),
      ...askers.filter(({ role }) => role === 'systemAdministrator').map(ownAccount),
    ],
    reports,
    imports,
    batches,
    notices,
    urgings,
  };
}

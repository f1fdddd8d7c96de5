import { eventually } from '@shidang/testing';
import type { Door } from '../door';
import type { People } from '../people';
import {
  allSections,
  caseOf,
  decide,
  entriesOf,
  factsOf,
  fill,
  recordOf,
  teacherDoor,
  waitForStatus,
  type CaseSummary,
} from '../record';
import { scenario } from '../scenario';
import type { Asker, Planted, Target } from './oracle';
import { authorities, home, schoolsHere, tierOf } from './tree';

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
}

export const month = new Date().toISOString().slice(0, 7);
const every = <A, B>(all: readonly A[], body: (each: A, index: number) => Promise<B>) => Promise.all(all.map(body));

const officesAt: Readonly<Record<string, readonly string[]>> = {
  '000000': ['informationAdministrator', 'informationViewer', 'auditor', 'operator'],
  '330000': ['auditor', 'operator'],
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

/** Nobody's but this record's: a name, a number, a phone, an address, and words in sections a viewer does not see. */
const marks = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'];
const markOf = (index: number) => `${marks[index]}鸾`;

interface Recorded {
  target: Target;
  planted: Planted;
  submitted: CaseSummary;
}

async function record(people: People, school: string, index: number): Promise<Recorded> {
  const mark = markOf(index);
  const person = { ...people.somebody(), name: `麒${mark}` };
  const filler = people.at(`informationAdministrator@${school}`);
  const mobile = `1390571${String(6400 + index)}`;
  const made = await people
    .at(`systemAdministrator@${school}`)
    .must<{ teacher: { id: string } }>('POST', '/teachers', { body: factsOf(person) });
  const teacherId = made.body.teacher.id;
  const values = recordOf(person, school);
  const plant = (section: 'contact' | 'work' | 'assessment' | 'ethics', more: Record<string, string>) =>
    values[section].forEach((row) => Object.assign(row, more));
  plant('contact', { address: `浙江省台州市${mark}巷七号`, mobile });
  plant('work', { employer: `${mark}学堂` });
  plant('assessment', { assessor: `${mark}考评组` });
  plant('ethics', { assessor: `${mark}师德组` });
  await fill(filler, teacherId, values, allSections);
  await filler.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
  const submitted = await caseOf(people.at(`principal@${school}`), teacherId, 'school-review');
  const [contact] = await entriesOf(filler, teacherId, 'contact');
  const [work] = await entriesOf(filler, teacherId, 'work');
  const account = await accountOfTeacher(people, school, teacherId);
  const ids = { teacherId, entryId: contact!.id, workId: work!.id, caseId: submitted.id, name: person.name };
  return {
    submitted,
    target: { label: `teacher ${index} of ${school}`, kind: 'teacher', organisation: school, teacherId, ids },
    planted: {
      teacherId,
      accountId: account,
      organisation: school,
      name: person.name,
      sealed: [person.document.number, mobile, `${mark}巷`],
      inner: [`${mark}学堂`, `${mark}考评组`, `${mark}师德组`],
      ids: [teacherId, account, submitted.id, submitted.submissionId, contact!.id],
    },
  };
}

async function accountOfTeacher(people: People, school: string, teacherId: string): Promise<string> {
  return eventually(
    async () => {
      const { body } = await people
        .at(`systemAdministrator@${school}`)
        .must<{ items: { id: string; teacherId?: string }[] }>('GET', '/accounts?role=teacher&limit=200');
      return body.items.find((item) => item.teacherId === teacherId)?.id ?? false;
    },
    'the registered teacher gets an account',
    { timeout: 20_000 },
  );
}

/** Reviewed twice, then a request to change one value of a section that a viewer does not see. */
async function changed(people: People, { target, submitted }: Recorded): Promise<{ change: Target; receipt: Target }> {
  const school = target.organisation!;
  const county = school === home.school ? home.county : home.cousinCounty;
  const principal = people.at(`principal@${school}`);
  const authority = people.at(`informationAdministrator@${county}`);
  await decide(principal, submitted, 'approve');
  const approved = await caseOf(principal, target.teacherId!, 'school-approved');
  const sent = await principal.must<{ receipt: string }>('POST', '/submissions', { body: { caseIds: [approved.id] } });
  await decide(authority, await caseOf(authority, target.teacherId!, 'authority-review'), 'approve');
  await waitForStatus(authority, target.teacherId!, 'effective');
  const body = {
    teacherId: target.teacherId,
    entryId: target.ids['workId'],
    indicator: 'employer',
    value: `${target.ids['name']!.slice(1)}学堂分部`,
    reason: '单位名称登记有误',
  };
  const filler = people.at(`informationAdministrator@${school}`);
  const asked = await filler.must<{ id: string }>('POST', '/change-requests', { body });
  await caseOf(principal, target.teacherId!, 'school-review');
  const about = { organisation: school, teacherId: target.teacherId } as const;
  return {
    change: { ...about, label: `change at ${school}`, kind: 'teacher', ids: { changeRequestId: asked.body.id } },
    receipt: {
      label: `receipt of ${school}`,
      kind: 'school-file',
      organisation: school,
      ids: { receipt: sent.body.receipt },
    },
  };
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
    const { content } = await door.download('/import-templates/primarySecondary.xlsx');
    const sent = await door.upload<{ id: string }>('/imports', '名单.xlsx', content);
    if (sent.status !== 202) throw new Error(`the template is not taken: ${sent.status} ${JSON.stringify(sent.body)}`);
    return { label: `import of ${organisation}`, kind: 'school-file', organisation, ids: { importId: sent.body.id } };
  });
}

async function heldBatches(people: People, records: readonly Recorded[]): Promise<Target[]> {
  return every([home.school, home.cousin], async (organisation) => {
    const { submitted } = records.filter(({ target }) => target.organisation === organisation).at(-1)!;
    const cases = [{ caseId: submitted.id, contentHash: submitted.contentHash }];
    const made = await people
      .at(`principal@${organisation}`)
      .must<{ id: string; count: number }>('POST', '/review-batches', { body: { verdict: 'approve', cases } });
    if (made.body.count !== 1) throw new Error(`the batch holds nothing: ${JSON.stringify(made.body)}`);
    return { label: `batch of ${organisation}`, kind: 'school-file', organisation, ids: { batchId: made.body.id } };
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

async function somebody(people: People, post: string, teacherId?: string): Promise<Somebody> {
  const door = people.at(post);
  const me = await door.must<{ accountId: string; post: { role: string; organisation: string } }>('GET', '/me');
  const { role, organisation } = me.body.post;
  return { post, role, organisation, accountId: me.body.accountId, teacherId, door };
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
  const askers = await askersOf(people, records[0]!.target.teacherId!);
  const teacherAccounts = [...records, ...effective].map(({ planted, target }): Target => {
    const ids = { accountId: planted.accountId, postId: planted.accountId, loginName: 'nobody' };
    return {
      label: `account of ${target.label}`,
      kind: 'account',
      organisation: planted.organisation,
      role: 'teacher',
      ids,
    };
  });
  // the first teacher logs in himself: his account is asked about by himself alone, lest a new slip ends his session
  const others = teacherAccounts.slice(1);
  return {
    people,
    askers,
    planted: [...records, ...effective].map(({ planted }) => planted),
    teachers: records.map(({ target }) => target),
    changes: changedOnes.map(({ change }) => change),
    receipts: changedOnes.map(({ receipt }) => receipt),
    accounts: [...accounts, ...others, ...askers.filter((asker) => asker.teacherId === undefined).map(ownAccount)],
    reports,
    imports,
    batches,
    notices,
  };
}

export const tierOfAsker = (asker: Asker) => tierOf(asker.organisation);

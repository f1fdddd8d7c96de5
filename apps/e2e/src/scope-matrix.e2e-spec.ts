import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf } from './record';
import { asks, inTurns, leaked, Matrix, sameness } from './scope/matrix';
import { inScope, may, type Target } from './scope/oracle';
import * as routes from './scope/routes';
import { authorities, ghostAuthority, home, schoolsHere } from './scope/tree';
import { buildWorld, type Somebody, type World } from './scope/world';

/** A3, A4: every route × every role × whoever it may be about, against an oracle that knows nothing of the code. */
let world: World;

beforeAll(async () => {
  const begun = Date.now();
  world = await buildWorld();
  process.stdout.write(`scope matrix: its world took ${Date.now() - begun} ms\n`);
}, 150_000);

const groupsOf = ({ teachers, changes, accounts, reports, imports, batches, receipts, notices, urgings }: World) => {
  const codes = [...authorities, ...schoolsHere].filter((code) => code !== '000000' && code !== home.otherCityRun);
  const organisations = codes.map((code): Target => ({
    label: code,
    kind: 'organisation',
    organisation: code,
    ids: { code },
  }));
  organisations.push({
    label: `${ghostAuthority}, never founded`,
    kind: 'organisation',
    ids: { code: ghostAuthority },
  });
  const offices = codes.map((code): Target => ({
    label: `accounts of ${code}`,
    kind: 'account',
    organisation: code,
    role: 'systemAdministrator',
    ids: { code },
  }));
  return {
    teachers: { routes: routes.teacherRoutes, targets: teachers },
    changes: { routes: routes.changeRoutes, targets: changes },
    accounts: { routes: routes.accountRoutes, targets: accounts },
    'account lists': { routes: routes.accountListRoutes, targets: offices },
    organisations: { routes: routes.organisationRoutes, targets: organisations },
    reports: { routes: routes.reportRoutes, targets: reports },
    imports: { routes: routes.importRoutes, targets: imports },
    batches: { routes: routes.batchRoutes, targets: batches },
    receipts: { routes: routes.receiptRoutes, targets: receipts },
    notices: { routes: routes.noticeRoutes, targets: notices },
    urgings: { routes: routes.urgingRoutes, targets: urgings },
  };
};
const groupNames = [
  'teachers',
  'changes',
  'accounts',
  'account lists',
  'organisations',
  'reports',
  'imports',
  'batches',
  'receipts',
  'notices',
  'urgings',
] as const;

const everyRoute = Object.values(routes)
  .filter((value) => Array.isArray(value))
  .flat()
  .map((route) => (typeof route === 'string' ? route : route.route));

it('no route of the API escapes the matrix, and none in it is gone', () => {
  const { paths } = JSON.parse(readFileSync(join(process.cwd(), 'apps/gateway/openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const verbs = ['get', 'post', 'put', 'patch', 'delete'];
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((verb) => verbs.includes(verb))
      .map((verb) => `${verb.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );
  expect([...new Set(everyRoute)].sort()).toEqual(described.sort());
});

it('what is planted is there to be found by who may: else nothing would be proven', async () => {
  const reader = world.askers.find(({ post }) => post === `informationAdministrator@${home.county}`)!;
  for (const { target, planted } of world.teachers.map((target, index) => ({
    target,
    planted: world.planted[index]!,
  }))) {
    if (!inScope(reader, target)) continue;
    const path = `/teachers/${planted.teacherId}`;
    const reads = async (section: string) =>
      JSON.stringify((await reader.door.must('GET', `${path}/sections/${section}`)).body);
    expect(await reads('basic')).toContain(planted.name);
    expect(`${await reads('work')}${await reads('assessment')}${await reads('ethics')}`).toMatch(
      new RegExp(planted.inner.map((word) => `(?=.*${word})`).join('')),
    );
    const [number, mobile] = planted.sealed;
    const asked = [
      [{ indicator: 'idNo' }, number],
      [{ indicator: 'mobile', entryId: target.ids['entryId'] }, mobile],
    ] as const;
    for (const [what, value] of asked) {
      const body = { ...what, reason: '核对信息' };
      expect((await reader.door.must('POST', `${path}/unmaskings`, { body })).body).toMatchObject({ value });
    }
  }
});

it.each(groupNames)(
  '%s: nobody gets a word about what is not his',
  async (name) => {
    const begun = Date.now();
    const matrix = new Matrix(world.askers, world.planted);
    await inTurns(matrix.jobs(groupsOf(world)[name]));
    const { cells, byVerdict, failures } = matrix.told;
    process.stdout.write(
      `scope matrix, ${name}: ${cells} cells (${JSON.stringify(byVerdict)}) in ${Date.now() - begun} ms\n`,
    );
    expect(failures).toEqual([]);
  },
  120_000,
);

it('lists without a filter, and routes that name nobody: by permission, and nothing of anybody else', async () => {
  const failures: string[] = [];
  const jobs = world.askers.flatMap((asker) =>
    routes.untargeted.map(({ route, who, path }) => async () => {
      const [method = 'GET', template = ''] = route.split(' ');
      const answer = await asks(asker, method, path ?? template);
      const where = `${asker.post} → ${method} ${path ?? template}`;
      if ((answer.status === 403) === who(asker) || answer.status === 401 || answer.status >= 500)
        failures.push(
          `${where}: ${who(asker) ? 'may' : 'may not'}, got ${answer.status} ${JSON.stringify(answer.body)}`,
        );
      for (const secret of leaked(asker, answer, world.planted, { ids: [] }))
        failures.push(`${where}: LEAK of ${secret}`);
    }),
  );
  await inTurns(jobs);
  expect(failures).toEqual([]);
}, 60_000);

it("another teacher's row is as little there beside one's own teacher as no row at all", async () => {
  const failures: string[] = [];
  const [own, ...others] = world.teachers;
  const posts = [`informationAdministrator@${home.school}`, `teacher:${own!.teacherId}`];
  const askers = world.askers.filter(({ post }) => posts.includes(post));
  expect(askers).toHaveLength(2);
  const ghost: Target = { label: 'no row', kind: 'teacher', ids: { entryId: routes.ghostId } };
  const reason = '核对信息';
  const ways = (entryId: string): [string, string, object?][] => {
    const entry = `/teachers/${own!.teacherId}/sections/contact/entries/${entryId}`;
    return [
      ['PATCH', entry, { values: { other: '微信' } }],
      ['DELETE', entry],
      ['POST', `/teachers/${own!.teacherId}/unmaskings`, { entryId, indicator: 'mobile', reason }],
      ['GET', `/teachers/${own!.teacherId}/history?entryId=${entryId}`],
    ];
  };
  for (const asker of askers) {
    const like: string[] = [];
    for (const way of ways(routes.ghostId)) like.push(sameness(await asks(asker, ...way), ghost));
    for (const other of others) {
      const entryId = other.ids['entryId']!;
      for (const [index, way] of ways(entryId).entries()) {
        const answer = await asks(asker, ...way);
        const said = sameness(answer, { ...other, ids: { entryId } });
        if (said !== like[index]) failures.push(`${asker.post} → ${way[0]} ${way[1]}: ${said}, not ${like[index]}`);
        const words = leaked(asker, answer, world.planted, { ids: [entryId] });
        failures.push(...words.map((word) => `${asker.post} → ${way[0]} ${way[1]}: LEAK of ${word}`));
      }
    }
  }
  expect(failures).toEqual([]);
}, 60_000);

it("another account's cursor is as good as a forged one", async () => {
  const failures: string[] = [];
  const lists: [string, string][] = [
    ['/teachers?limit=1', `informationAdministrator@${home.county}`],
    ['/review-cases?limit=1', `informationAdministrator@${home.county}`],
    ['/accounts?limit=1', `systemAdministrator@${home.county}`],
    [`/organisations/${home.city}/children?limit=1`, `systemAdministrator@${home.city}`],
    [`/progress/${home.city}/children?limit=1`, `informationAdministrator@${home.city}`],
    [`/progress/${home.county}/teachers?limit=1`, `informationAdministrator@${home.county}`],
    [`/teachers/${world.teachers[0]!.teacherId}/history?limit=1`, `informationAdministrator@${home.county}`],
  ];
  for (const [path, owner] of lists) {
    const door = world.askers.find(({ post }) => post === owner)!;
    const first = await door.door.must<{ page: { next?: string } }>('GET', path);
    const next = first.body.page.next;
    if (!next) {
      failures.push(`${path} by ${owner} has no second page`);
      continue;
    }
    expect((await asks(door, 'GET', `${path}&cursor=${encodeURIComponent(next)}`)).status).toBe(200);
    const readers = world.askers.filter((asker) => asker.post !== owner);
    for (const asker of readers) {
      const forged = await asks(asker, 'GET', `${path}&cursor=Zm9yZ2Vk`);
      const stolen = await asks(asker, 'GET', `${path}&cursor=${encodeURIComponent(next)}`);
      const nobody: Target = { label: 'cursor', kind: 'teacher', ids: {} };
      if (stolen.status < 400 || sameness(stolen, nobody) !== sameness(forged, nobody))
        failures.push(`${asker.post} → ${path} with the cursor of ${owner}: ${sameness(stolen, nobody).slice(0, 200)}`);
    }
  }
  expect(failures).toEqual([]);
}, 60_000);

it('查重 says that a number is on file, and no more: not where, not who, not whether the name was right', async () => {
  const registrar = world.askers.find(({ post }) => post === `systemAdministrator@${home.school}`)!;
  const elsewhere = world.planted.find(({ organisation }) => organisation === home.cousin)!;
  const body = { ...factsOf(elsewhere.person), name: elsewhere.name };
  const right = await asks(registrar, 'POST', '/teachers', body);
  const guessed = await asks(registrar, 'POST', '/teachers', { ...body, name: '猜错名' });
  const nobody: Target = { label: 'on file', kind: 'teacher', ids: {} };
  expect(right.status).toBe(409);
  expect(leaked(registrar, right, world.planted, { ids: [] })).toEqual([]);
  expect(sameness(guessed, nobody)).toBe(sameness(right, nobody));
});

it('the events of a job are as little there as the job for who did not start it', async () => {
  const failures: string[] = [];
  for (const job of [...world.batches, ...world.imports]) {
    const path = `/jobs/${job.ids['batchId'] ?? job.ids['importId']}`;
    for (const asker of world.askers.filter(({ post }) => post !== job.owner)) {
      const plain = await asks(asker, 'GET', path);
      // those above the school see its imports
      if (plain.status === 200 && job.ids['importId'] && may.import(asker) && inScope(asker, job)) continue;
      const streamed = await asks(asker, 'GET', `${path}/events`);
      const [wanted, got] = [sameness(plain, job), sameness(streamed, job)];
      if (streamed.status !== 404 || got !== wanted)
        failures.push(`${asker.post} → ${path}/events: ${got.slice(0, 200)}, not ${wanted.slice(0, 200)}`);
    }
  }
  expect(failures).toEqual([]);
}, 60_000);

it('what others could not undo, its maker can', async () => {
  for (const batch of world.batches) {
    const maker: Somebody | undefined = world.askers.find(({ post }) => post === `principal@${batch.organisation}`);
    if (!maker) continue;
    expect(inScope(maker, batch)).toBe(true);
    await maker.door.must('POST', `/review-batches/${batch.ids['batchId']}/undo`);
  }
});

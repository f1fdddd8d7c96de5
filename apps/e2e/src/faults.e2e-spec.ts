import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin, fromRoot, inDatabase, startSystem, type AppName, type RunningSystem } from '@shidang/dev';
import { eventually } from '@shidang/testing';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Answer, Door } from './door';
import { lishui, schools } from './lishui';
import type { People } from './people';
import {
  allSections,
  caseOf,
  decide,
  factsOf,
  fill,
  recordOf,
  waitForStatus,
  type CaseSummary,
  type TeacherView,
} from './record';

/** `kill -9` of each service and of NATS once while the chain runs: nothing lost, nothing twice. */
let system: RunningSystem;
let people: People;
const school = schools.liandu;
const patience = 45_000;

beforeAll(async () => {
  system = await startSystem({ throwAway: true, demo: false, port: 0, env: { LOG_LEVEL: 'warn' } });
  people = await lishui(system, 'faults');
}, 240_000);
afterAll(() => system?.stop(), 60_000);

/** Asks with one Idempotency-Key until an answer comes that is not "unavailable": what a careful client does. */
async function insist<T>(door: Door, method: 'post', path: string, body: unknown): Promise<Answer<T>> {
  const key = randomUUID();
  return eventually(
    async () => {
      const answer = await door[method]<T>(path, body, { key });
      if (answer.status >= 500) throw new Error(`${path} → ${answer.status}`);
      return answer;
    },
    `${path} is answered after the kill`,
    { timeout: 40_000, every: 200 },
  );
}

/** Kills it while work goes on, and sees it come back by itself. */
async function killed(name: AppName | 'nats', meanwhile: () => Promise<unknown>): Promise<void> {
  const before = system.restartCounts()[name] ?? 0;
  const work = meanwhile();
  await system.kill(name);
  await work;
  await eventually(() => (system.restartCounts()[name] ?? 0) > before, `${name} is started again`, { timeout: 20_000 });
  const watched: AppName[] = name === 'nats' ? ['identity', 'records', 'review', 'reporting', 'notifications'] : [name];
  for (const app of watched) await eventually(() => system.isReady(app), `${app} is ready again`, { timeout: 30_000 });
}

/** Approves however often it takes; a repeat after a lost answer meets the case decided already. */
async function decided(door: Door, of: CaseSummary): Promise<void> {
  await eventually(
    async () => {
      const answer = await decide(door, of, 'approve');
      if (answer.status >= 500) throw new Error(`decision → ${answer.status}`);
      expect([200, 409, 412]).toContain(answer.status);
    },
    'the decision is taken after the kill',
    { timeout: 40_000, every: 200 },
  );
}

/** Reads it all through the kill until it is answered again. */
const answered = (door: Door, path: string): Promise<unknown> =>
  eventually(async () => (await door.get(path)).status === 200, `${path} is answered after the kill`, {
    timeout: 40_000,
    every: 100,
  });

it('the chain completes, each effect once', async () => {
  const filler = people.at(`informationAdministrator@${school}`);
  const principal = people.at(`principal@${school}`);
  const county = people.at('informationAdministrator@331102');
  const administrator = people.at(`systemAdministrator@${school}`);
  const persons = Array.from({ length: 3 }, () => people.somebody());
  const ids: string[] = [];

  await killed('identity', async () => {
    for (const person of persons) {
      const made = await insist<{ teacher: TeacherView }>(administrator, 'post', '/teachers', factsOf(person));
      expect(made.status).toBe(201);
      ids.push(made.body.teacher.id);
    }
  });
  for (const [i, id] of ids.entries()) await fill(filler, id, recordOf(persons[i]!, school), allSections);
  await killed('records', async () => {
    for (const id of ids)
      expect((await insist(filler, 'post', `/teachers/${id}/submission`, { declared: true })).status).toBeLessThan(300);
  });
  const opened = await Promise.all(ids.map((id) => caseOf(principal, id, 'school-review', patience)));
  await killed('review', async () => {
    for (const one of opened) await decided(principal, one);
  });
  await killed('nats', async () => {
    const sent = await insist<{ count: number }>(principal, 'post', '/submissions', {});
    expect(sent.body.count).toBe(ids.length);
  });
  // identity is asked once more before values take effect (查重): its absence is waited for, not given up on
  const waiting = await Promise.all(ids.map((id) => caseOf(county, id, 'authority-review', patience)));
  await killed('identity', async () => {
    for (const one of waiting) await decided(county, one);
  });
  await killed('notifications', () => answered(county, '/notices'));
  await killed('reporting', () => answered(county, '/progress/331102'));
  for (const id of ids) await waitForStatus(county, id, 'effective', patience);
  await killed('gateway', () => answered(county, '/me'));

  const cases = await county.must<{ page: { total: number } }>('GET', '/review-cases');
  expect(cases.body.page.total).toBe(ids.length);
  for (const id of ids)
    expect((await county.must<TeacherView>('GET', `/teachers/${id}`)).body.effectiveVersion).toBe(1);
  await eventually(
    async () => {
      const { body } = await county.must<{ figures: Record<string, number> }>('GET', '/progress/331102');
      expect(body.figures).toMatchObject({ registered: ids.length, effective: ids.length });
    },
    'progress counts each record once',
    { timeout: 30_000 },
  );
  const notices = await principal.must<{ items: { kind: string; count: number }[] }>('GET', '/notices');
  const awaiting = notices.body.items.filter((notice) => notice.kind === 'case-awaiting-school');
  expect(awaiting.reduce((sum, notice) => sum + notice.count, 0)).toBe(ids.length);
}, 240_000);

/** `audit verify` as an operator runs it. */
function auditOf(service: ServiceName) {
  const main = fromRoot('dist/apps', service, 'src/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'audit', 'verify', '--json'], {
    env: system.env[service],
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return {
    status,
    ...(JSON.parse(stdout) as { rows: number; unsealed: number; first: { row?: string; why: string }[] }),
  };
}

it('no kill has broken an audit chain, and whoever changes one row afterwards is found', async () => {
  for (const service of serviceNames)
    expect([service, auditOf(service)]).toEqual([service, expect.objectContaining({ status: 0, first: [] })]);
  await eventually(() => auditOf('records').unsealed === 0, 'every row is sealed', { timeout: 20_000, every: 200 });
  const { rows } = await asAdmin(inDatabase(system.adminUrl, 'shidang_records'), (client) =>
    client.query<{ id: string }>(
      `update audit_event set result = 'undone' where id = (select first from audit_seal where rows > 0 order by sequence desc limit 1) returning id`,
    ),
  );
  expect(auditOf('records')).toMatchObject({ status: 1, first: [{ row: rows[0]!.id, why: 'changed' }] });
}, 120_000);

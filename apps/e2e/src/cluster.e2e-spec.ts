import { startSystem, type RunningSystem } from '@shidang/dev';
import { inventPeople, Random } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import type { Answer, Door } from './door';
import { lishui, schools } from './lishui';
import { today, type People } from './people';
import { factsOf, type TeacherView } from './record';

/** Three NATS nodes and two replicas of everything: one of each kind is killed, one app is rolled, and nothing is missed. */
let system: RunningSystem;
let people: People;
const school = schools.liandu;
const registered = inventPeople(new Random('cluster'), 2_000, today, '331195');
/** A client registers so often and reads in between. Milliseconds. */
const writeEvery = 250;
const readEvery = 120;

// two clients ask what a whole office does not
const env = { LOG_LEVEL: 'warn', ACCOUNT_BURST: '1000000' };

beforeAll(async () => {
  system = await startSystem({ throwAway: true, demo: false, cluster: true, port: 0, env });
  people = await lishui(system, 'cluster');
}, 240_000);
afterAll(() => system?.stop(), 60_000);

type Registered = { teacher: TeacherView; code?: string };

interface Work {
  /** Teachers whose registration was acknowledged. */
  readonly acknowledged: string[];
  /** Answers and broken connections that a client would have to try again. */
  readonly failed: string[];
  /** Requests that were answered. */
  answered: number;
}

/** Registers teachers one after the other and reads them back, each write under its key until it is acknowledged. */
async function working(administrator: Door, filler: Door, isOver: () => boolean, work: Work): Promise<void> {
  const tried = async <T>(what: () => Promise<Answer<T>>): Promise<Answer<T> | undefined> => {
    const answer = await what().catch((failure: Error) => String(failure.cause ?? failure));
    const code = typeof answer === 'string' ? answer : (answer.body as { code?: string }).code;
    if (typeof answer !== 'string' && answer.status < 500 && code !== 'request.idempotency_in_progress') {
      work.answered += 1;
      return answer;
    }
    work.failed.push(typeof answer === 'string' ? answer : `${answer.status} ${code}`);
    return undefined;
  };
  while (!isOver()) {
    const [body, key] = [factsOf(registered.pop()!), randomUUID()];
    const next = Date.now() + writeEvery;
    const made = await eventually(
      async () => {
        const answer = await tried(() => administrator.post<Registered>('/teachers', body, { key }));
        if (!answer) throw new Error('no answer yet');
        return answer;
      },
      'a registration is answered',
      { timeout: 40_000, every: 100 },
    );
    expect([made.status, made.body.code]).toEqual([201, undefined]);
    work.acknowledged.push(made.body.teacher.id);
    do {
      await tried(() => filler.get(`/teachers/${made.body.teacher.id}`));
      await rest(readEvery);
    } while (Date.now() < next && !isOver());
  }
}

/** Two clients at work while something happens; answers what they met. */
async function during(happens: (work: Work) => Promise<void>): Promise<Work> {
  const administrator = people.at(`systemAdministrator@${school}`);
  const filler = people.at(`informationAdministrator@${school}`);
  const work: Work = { acknowledged: [], failed: [], answered: 0 };
  let over = false;
  const clients = [1, 2].map(() => working(administrator, filler, () => over, work));
  try {
    await eventually(() => work.acknowledged.length > 0, 'the clients are at work', { timeout: 20_000 });
    await happens(work);
  } finally {
    over = true;
    await Promise.all(clients);
  }
  return work;
}

const backAgain = (name: string, before: number) =>
  eventually(() => (system.restartCounts()[name] ?? 0) > before, `${name} is started again`, { timeout: 30_000 });

it('a rolled service and a rolled gateway are not noticed by anybody', async () => {
  const work = await during(async () => {
    const apps = ['records', 'gateway'] as const;
    for (const replica of [1, 2]) await Promise.all(apps.map((app) => system.restart(app, replica)));
  });
  expect(work.failed).toEqual([]);
  expect(work.answered).toBeGreaterThan(50);
}, 120_000);

/** Whatever there is one of is killed by `npm run drill -- kills`, two minutes of it in every `npm test`. */
it('one process of each kind that there are several of is killed: what was acknowledged is there, once, and the others answer', async () => {
  const all = await during(async (work) => {
    for (const name of ['records-2', 'gateway', 'nats-2']) {
      const before = system.restartCounts()[name] ?? 0;
      const { answered } = work;
      await system.kill(name);
      await eventually(() => work.answered > answered + 5, `requests are answered without ${name}`, {
        timeout: 30_000,
      });
      await backAgain(name, before);
      await eventually(() => system.isReady('records'), 'records is ready again', { timeout: 30_000 });
    }
  });
  const filler = people.at(`informationAdministrator@${school}`);
  for (const id of all.acknowledged) expect((await filler.get(`/teachers/${id}`)).status).toBe(200);
  expect(new Set(all.acknowledged).size).toBe(all.acknowledged.length);
  // facts went through the cluster: reporting counts every teacher, once
  const county = people.at('informationAdministrator@331102');
  const { body: list } = await filler.must<{ page: { total: number } }>('GET', '/teachers');
  await eventually(
    async () => {
      const { body } = await county.must<{ figures: Record<string, number> }>('GET', '/progress/331102');
      expect(body.figures['registered']).toBe(list.page.total);
    },
    'reporting counts each teacher once',
    { timeout: 45_000 },
  );
}, 240_000);

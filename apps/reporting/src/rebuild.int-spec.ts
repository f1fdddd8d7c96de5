import { publishFact, type NatsConnection } from '@shidang/bus';
import {
  accountActivated,
  accountIssued,
  caseMoved,
  confirmHeadCount,
  declareHeadCount,
  organisationFounded,
  organisationMoved,
  readProgress,
  recordChanged,
  recordEffective,
  teacherAccountsIssued,
  teacherRegistered,
  teachersRegistered,
  teachersImported,
  type EventContract,
  type Fact,
  type ServiceName,
} from '@shidang/contracts';
import { codeOfPath, tierOfPath } from '@shidang/access';
import {
  createKeyFile,
  FileKeyProvider,
  newId,
  openDatabase,
  Relay,
  tell,
  Vault,
  Work,
  type Schema,
} from '@shidang/persistence';
import { rebuild } from '@shidang/streams';
import { databaseFor, eventually, type SuiteDatabase } from '@shidang/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCaller, paths, RunningReporting } from './reporting.testing';
import { Recount } from './rollup/recount';
import { schema } from './schema';

const readModel = schema.readModel!;
const bones: Schema = { entities: [] };

/** The database of a service that tells, and the relay of its outbox. */
class Producer {
  told = 0;

  private constructor(
    readonly database: SuiteDatabase,
    private readonly work: Work,
    private readonly relay: Relay,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(name: ServiceName, connection: NatsConnection): Promise<Producer> {
    const database = await databaseFor(name);
    const directory = mkdtempSync(join(tmpdir(), 'keys-'));
    const keys = join(directory, 'keys.json');
    createKeyFile(keys);
    const orm = await openDatabase(database.appUrl, bones, { throwAway: true });
    const work = new Work(orm, new Vault(new FileKeyProvider(keys)));
    const relay = new Relay(work, {
      publish: (row) => publishFact(connection, row),
      onError: () => undefined,
    });
    work.onTold(() => relay.hint());
    relay.start();
    return new Producer(database, work, relay, async () => {
      await relay.stop();
      await orm.close(true);
      await database.drop();
      rmSync(directory, { recursive: true });
    });
  }

  async tell<F extends Fact>(event: EventContract<F>, aggregate: string, fact: Omit<F, 'at'>): Promise<void> {
    await this.work.beyond('relay', (em) => tell(em, event, fact, aggregate));
    this.told += 1;
    this.relay.hint();
  }
}

const producing = ['identity', 'records', 'review'] as const;
let reporting: RunningReporting;
const producers = {} as Record<(typeof producing)[number], Producer>;
const city = aCaller(paths.city);
const teachers = Array.from({ length: 12 }, newId);
const ofList = [newId(), newId()];
const category = 'primarySecondary';

const urlOf = (service: ServiceName): string =>
  service === 'reporting'
    ? reporting.database.adminUrl
    : producers[service as (typeof producing)[number]].database.adminUrl;

const consumed = () =>
  eventually(
    async () => {
      const [row] = await reporting.rows<{ n: number }>('select count(*)::int as n from inbox');
      expect(row!.n).toBe(producing.reduce((sum, name) => sum + producers[name].told, 0));
      return true;
    },
    'every fact told is consumed',
    { timeout: 10_000 },
  );

/** Every row, and what must stay beside them. */
async function state(): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const table of [...readModel.tables, 'head_count']) {
    const zero = table === 'rollup' ? 'where n <> 0' : '';
    found[table] = await reporting.rows(`select to_jsonb(t) as row from ${table} t ${zero} order by to_jsonb(t)::text`);
  }
  return found;
}

async function rebuilt() {
  const connection = await reporting.nats.connect('operator');
  const drifts: string[] = [];
  const result = await rebuild({
    service: 'reporting',
    readModel,
    connection,
    adminUrlOf: urlOf,
    replay: (facts) => reporting.service.replay(facts),
    afterwards: async () => {
      const found = await reporting.service.app.get(Recount).run();
      drifts.push(...new Set(found.map((drift) => drift.measure)));
    },
    seconds: 10,
  });
  return { result, drifts };
}

async function tellTheTree(): Promise<void> {
  for (const orgPath of Object.values(paths)) {
    const [tier, code] = [tierOfPath(orgPath), codeOfPath(orgPath)];
    const school = tier === 'school' ? { category } : {};
    const fact = { orgPath, code, name: `organisation ${code}`, tier, parentCode: undefined, version: 1, ...school };
    await producers.identity.tell(organisationFounded, newId(), fact);
  }
}

async function tellARecord(teacherId: string, n: number): Promise<void> {
  const orgPath = n % 3 === 0 ? paths.otherSchool : paths.school;
  const schoolCode = codeOfPath(orgPath);
  const known = { orgPath, teacherId };
  const { records, review } = producers;
  await records.tell(teacherRegistered, teacherId, {
    ...{
      ...known,
      personId: newId(),
      schoolCode,
      category,
      sex: String(1 + (n % 2)),
      birthMonth: '1985-12',
      version: 1,
    },
  });
  if (n % 4 === 0) return;
  await records.tell(recordChanged, teacherId, { ...known, stage: 'complete', version: 2 });
  const [caseId, submissionId, kind] = [newId(), newId(), 'first' as const];
  const opened = {
    ...known,
    caseId,
    submissionId,
    schoolCode,
    category,
    kind,
    submittedBy: newId(),
    schoolSkipped: false,
  };
  await review.tell(caseMoved, caseId, { ...opened, stage: 'school-review', version: 1 });
  if (n % 4 === 1) return;
  await review.tell(caseMoved, caseId, { ...opened, stage: 'approved', version: 2 });
  const facts = { 'basic.highestEducation': '21', 'basic.political': ['13'] };
  const effect = { submissionId, kind, effectiveVersion: 1, version: 3, formalCode: n % 2 === 0, facts };
  await records.tell(recordEffective, teacherId, { ...known, ...effect });
}

/** Of a list one fact tells, and one of its accounts. */
async function tellAList(): Promise<void> {
  const [orgPath, schoolCode, version] = [paths.school, codeOfPath(paths.school), 1];
  const listed = ofList.map((teacherId) => ({
    teacherId,
    personId: newId(),
    sex: '1',
    birthMonth: '1990-01',
    version,
  }));
  await producers.records.tell(teachersRegistered, newId(), { orgPath, schoolCode, category, teachers: listed });
  const accounts = listed.map(({ teacherId, personId }) => ({
    ...{ teacherId, personId, accountId: newId(), postId: newId(), version },
  }));
  await producers.identity.tell(teacherAccountsIssued, newId(), { orgPath, orgCode: schoolCode, accounts });
}

beforeAll(async () => {
  reporting = await RunningReporting.start();
  for (const name of producing) producers[name] = await Producer.start(name, await reporting.nats.connect(name));
  await tellTheTree();
  await consumed();
  for (const [n, teacherId] of teachers.entries()) await tellARecord(teacherId, n);
  const account = { orgPath: paths.school, accountId: newId(), role: 'teacher', orgCode: '2133001234' };
  await producers.identity.tell(accountIssued, account.accountId, account);
  await producers.identity.tell(accountActivated, account.accountId, { ...account, personId: newId() });
  await tellAList();
  await consumed();
  // what people entered here: nobody tells it again
  await reporting.ask(declareHeadCount, { code: '2133001234', declared: 9 }, aCaller(paths.school), { ifMatch: '"0"' });
  await reporting.ask(confirmHeadCount, { code: '2133001234', declared: 9 }, aCaller(paths.county), { ifMatch: '"1"' });
  // the school goes to the city, with its records; one more is imported at the new place
  const orgPath = `${paths.city}2133001234.`;
  const move = { orgPath, fromPath: paths.school, code: '2133001234', parentCode: '331100', version: 2 };
  await producers.identity.tell(organisationMoved, newId(), move);
  await consumed();
  const imported = [{ teacherId: teachers[0]!, stage: 'draft' as const, version: 2 }];
  await producers.records.tell(teachersImported, newId(), { orgPath, importId: newId(), teachers: imported });
  await consumed();
}, 60_000);
afterAll(async () => {
  await reporting?.stop();
  await Promise.all(Object.values(producers).map((producer) => producer.stop()));
});

describe('rebuild --service reporting (W3)', () => {
  it('ends where it began, with the service running', async () => {
    const before = await state();
    expect(before['teacher_state']).toHaveLength(teachers.length + ofList.length);
    const told = producing.reduce((sum, name) => sum + producers[name].told, 0);
    const { result, drifts } = await rebuilt();
    expect(result).toMatchObject({ facts: told, setAside: 0 });
    // only what comes of head counts is not told by others
    expect(drifts.sort()).toEqual(['head-count', 'schools-confirmed', 'schools-declared']);
    expect(await state()).toEqual(before);
  });

  it('heals what was lost and spoilt, although the streams were wiped', async () => {
    const before = await state();
    await reporting.nats.purge(...producing);
    await reporting.rows(`delete from teacher_state where teacher_id = $1`, [teachers[1]]);
    await reporting.rows(`update teacher_state set status = 'left', sex = '9'`);
    await reporting.rows(`update rollup set n = n + 5`);
    await reporting.rows(`delete from organisation where tier = 'county'`);
    await rebuilt();
    expect(await state()).toEqual(before);
  });

  it('the service goes on consuming, and drops what is told again', async () => {
    const { statuses } = await reporting.ask(readProgress, { code: '331100' }, city);
    const before = statuses.find(({ status }) => status === 'left')?.n ?? 0;
    const left = { orgPath: paths.otherSchool, teacherId: teachers[3]!, stage: 'left' as const, version: 9 };
    await producers.records.tell(recordChanged, teachers[3]!, left);
    await consumed();
    const after = await reporting.ask(readProgress, { code: '331100' }, city);
    expect(after.statuses.find(({ status }) => status === 'left')?.n).toBe(before + 1);
  });
});

import type { Caller } from '@shidang/access';
import { BusClient, CallerSigner, Consumes, Handles, natsClient, newTrace, type Call } from '@shidang/bus';
import { request, teacherRegistered, teachersRegistered } from '@shidang/contracts';
import { migrateDatabase, newId, scopePolicy, Work, type Schema } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';
import {
  emptyDatabase,
  environmentFor,
  eventually,
  identityKeys,
  natsForSuite,
  type SuiteDatabase,
  type SuiteNats,
} from '@shidang/testing';
import { Controller, Module } from '@nestjs/common';
import { IsString } from 'class-validator';
import { headers } from 'nats';
import { startService, type Running } from './service';
import { readConfig, ServiceConfig } from './service-config';

class Jot {
  @IsString() words!: string;
}
class Jotted {
  @IsString() id!: string;
}
const terms = { permission: 'self.session', request: Jot, reply: Jotted } as const;
const jot = request('identity.note.jot', { ...terms, effect: 'write' });
const look = request('identity.note.look', { ...terms, effect: 'read' });
const report = request('identity.note.report', { ...terms, effect: 'read', lane: 'bulk' });

class Migration0002Note extends Migration {
  override up(): void {
    this.addSql(`create table note (id uuid primary key, org_path text collate "C" not null, words text not null)`);
    for (const statement of scopePolicy('note')) this.addSql(statement);
  }
}
const schema: Schema = {
  entities: [],
  migrations: async () => ({ migrations: [{ name: '0002-note', migration: Migration0002Note }] }),
};

/** Handlers that have begun, by their words; they go on when the gate opens. */
const begun: string[] = [];
let gate = Promise.resolve();
let open: () => void = () => undefined;
const shut = () => (gate = new Promise((resolve) => (open = resolve)));

@Controller()
class Notes {
  constructor(private readonly work: Work) {}

  @Handles(jot)
  async jot({ words }: Jot, caller: Caller): Promise<Jotted> {
    begun.push(words);
    if (words.startsWith('held')) await gate;
    return this.work.as(caller, async (_, sql) => {
      if (words === 'sleeps') await sql(`select pg_sleep(60)`);
      const id = newId();
      await sql(`insert into note values ($1, $2, $3)`, [id, caller.orgPath, words]);
      return { id };
    });
  }

  @Handles(look)
  look({ words }: Jot): Promise<Jotted> {
    begun.push(words);
    return Promise.resolve({ id: words });
  }

  @Handles(report)
  async report({ words }: Jot): Promise<Jotted> {
    begun.push(words);
    await gate;
    return { id: words };
  }

  @Consumes(teacherRegistered, 'identity-make-teacher-account')
  registered(): Promise<void> {
    return Promise.resolve();
  }

  @Consumes(teachersRegistered, 'identity-make-listed-accounts')
  listed(): Promise<void> {
    return Promise.resolve();
  }
}

@Module({ controllers: [Notes] })
class NotesModule {}

const caller: Caller = {
  accountId: newId(),
  personId: newId(),
  postId: newId(),
  role: 'informationAdministrator',
  tier: 'county',
  orgPath: '0.33.3311.331102.',
  orgCode: '331102',
};

describe('a service that is asked too much', () => {
  let nats: SuiteNats;
  let database: SuiteDatabase;
  let running: Running;
  let bus: BusClient;
  let token: string;

  beforeAll(async () => {
    [nats, database] = await Promise.all([natsForSuite(), emptyDatabase()]);
    await migrateDatabase(database.ownerUrl, schema);
    const environment = await environmentFor('identity', { nats, database });
    const config = readConfig(ServiceConfig, {
      ...environment,
      LOG_LEVEL: 'error',
      HANDLERS: '2',
      HANDLERS_READ: '2',
      HANDLERS_BULK: '1',
    });
    running = await startService({ name: 'identity', module: NotesModule, config: ServiceConfig, schema }, config);
    bus = new BusClient(natsClient(nats.access('gateway')), 'gateway');
    await bus.connect();
  }, 60_000);
  beforeEach(async () => {
    begun.length = 0;
    token = await (await CallerSigner.from(identityKeys().privateKey)).sign(caller);
    shut();
  });
  afterEach(() => open());
  afterAll(async () => {
    await bus?.close();
    await running?.stop();
    await nats?.stop();
    await database?.drop();
  });

  const callWithin = (milliseconds: number): Call => ({
    token,
    traceparent: newTrace(),
    deadline: Date.now() + milliseconds,
  });
  const codeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (error: { body?: { code: string } }) => error.body?.code ?? String(error),
    );
  const notes = async () =>
    (await running.work.read(caller, (_, sql) => sql<{ words: string }>(`select words from note`))).map((n) => n.words);
  const metric = async (line: string) =>
    (await (await fetch(`http://127.0.0.1:${running.healthPort}/metrics`)).text())
      .split('\n')
      .filter((each) => each.startsWith(line));

  it('leaves a place to who writes however many reports are wanted, and begins the write first', async () => {
    const reports = ['first report', 'second report'].map((words) => bus.request(report, { words }, callWithin(5_000)));
    await eventually(() => begun.length === 1, 'a report has begun');
    expect(await codeOf(bus.request(jot, { words: 'beside' }, callWithin(5_000)))).toBe('done');
    // which of the two comes first is nobody's promise: each verifies its caller for itself
    expect(begun).toEqual([expect.stringMatching(/ report$/), 'beside']);
    open();
    expect(await Promise.all(reports.map(codeOf))).toEqual(['done', 'done']);
  });

  it('never begins what waited until its deadline, and begins no transaction after it', async () => {
    const held = ['held 1', 'held 2'].map((words) => codeOf(bus.request(jot, { words }, callWithin(700))));
    await eventually(() => begun.length === 2, 'both places are taken');
    const late = codeOf(bus.request(jot, { words: 'late' }, callWithin(400)));
    expect(await late).toMatch(/^request\.(unavailable|deadline_passed)$/);
    for (const code of await Promise.all(held)) expect(code).toBe('request.unavailable');
    open();
    // in their order: when this one is done, the places were free and the late one could have begun
    expect(await codeOf(bus.request(jot, { words: 'in time' }, callWithin(5_000)))).toBe('done');
    expect(begun).toEqual(['held 1', 'held 2', 'in time']);
    expect(await notes()).not.toEqual(expect.arrayContaining(['held 1']));
    await eventually(
      async () => expect(await metric('shidang_expired_total')).toEqual([expect.stringContaining('identity.note.jot')]),
      'dropped requests are counted',
    );
  });

  it('answers nothing to a pile of requests nobody waits for', async () => {
    const gateway = await nats.connect('gateway');
    const inbox = `_INBOX.gateway.pile`;
    let answered = 0;
    gateway.subscribe(inbox, { callback: () => answered++ });
    const head = headers();
    head.set('shidang-deadline', String(Date.now() - 1));
    head.set('shidang-caller', token);
    for (let n = 0; n < 50; n++)
      gateway.publish(look.subject, JSON.stringify({ id: String(n), pattern: look.subject, data: { words: 'old' } }), {
        reply: inbox,
        headers: head,
      });
    await gateway.flush();
    expect(await codeOf(bus.request(look, { words: 'new' }, callWithin(5_000)))).toBe('done');
    await gateway.flush();
    expect([answered, begun]).toEqual([0, ['new']]);
  });

  it('lets the database stop a statement nobody waits for', async () => {
    expect(await codeOf(bus.request(jot, { words: 'sleeps' }, callWithin(600)))).toBe('request.unavailable');
    // the role's own limit of 4 s would end it too, but later
    const gone = async () => {
      const [row] = await running.work.read(caller, (_, sql) =>
        sql<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()`,
        ),
      );
      expect(row!.n).toBe(0);
    };
    await eventually(gone, 'the statement is gone', { timeout: 2_500 });
  });
});

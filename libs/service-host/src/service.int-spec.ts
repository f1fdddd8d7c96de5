import type { Caller } from '@shidang/access';
import {
  BusClient,
  CallerSigner,
  Consumes,
  ConsumesMany,
  Handles,
  natsClient,
  newTrace,
  publishFact,
  type Call,
  type Delivered,
} from '@shidang/bus';
import {
  caseMoved,
  commonRefusals,
  correctionMoved,
  monthlyReportMoved,
  postEnded,
  postGranted,
  request,
  type Fact,
  type MonthlyReportMoved,
} from '@shidang/contracts';
import { DeadLetters, newId, scopePolicy, Work, type Schema } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';
import {
  emptyDatabase,
  environmentFor,
  eventually,
  everythingSentBy,
  identityKeys,
  natsForSuite,
  type SuiteDatabase,
  type SuiteNats,
} from '@shidang/testing';
import { Controller, Module } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { migrateDatabase } from '@shidang/persistence';
import { startService, type Running } from './service';
import { readConfig, ServiceConfig } from './service-config';

class Take {
  @IsString() words!: string;
  @IsOptional() @IsString() how?: string;
}
class Taken {
  @IsString() id!: string;
}
const take = request('notifications.note.take', {
  permission: 'notice.read',
  effect: 'write',
  request: Take,
  reply: Taken,
});
const audit = request('notifications.note.audit', {
  permission: 'audit.read',
  effect: 'read',
  request: Take,
  reply: Taken,
});

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

function signals() {
  let [repeat, commit] = [() => {}, () => {}];
  const repeated = new Promise<void>((settle) => (repeat = settle));
  const committed = new Promise<void>((settle) => (commit = settle));
  return { repeat, commit, repeated, committed };
}

/** What a mended handler would not mind any more. */
let poisonous = true;
let slowRuns = 0;
const batches: number[] = [];
const original = { began: false, ...signals() };
/** Batches that find the database away. */
let outages = 0;

@Controller()
class Notes {
  constructor(private readonly work: Work) {}

  @Handles(take)
  take(command: Take, caller: Caller): Promise<Taken> {
    if (command.how === 'late') return this.late(command, caller);
    if (command.how === 'fault') throw new Error('select secret from /etc/passwd');
    return this.work.as(caller, async (_, sql) => {
      if (command.how === 'refuse') throw commonRefusals.notFound({});
      const id = newId();
      await sql(`insert into note values ($1, $2, $3)`, [id, caller.orgPath, command.words]);
      return { id };
    });
  }

  /** The first is still at work when the second comes, which then finds done what it was to do. */
  private async late({ words }: Take, caller: Caller): Promise<Taken> {
    if (!original.began) {
      original.began = true;
      await original.repeated;
      const id = newId();
      await this.work.as(caller, async (_, sql) => {
        await sql(`insert into note values ($1, $2, $3)`, [id, caller.orgPath, words]);
        return { id };
      });
      original.commit();
      return { id };
    }
    original.repeat();
    await original.committed;
    throw commonRefusals.notFound({});
  }

  @Handles(audit)
  audit(): Promise<Taken> {
    return Promise.resolve({ id: 'seen' });
  }

  @Consumes(postGranted, 'notifications-keep-posts')
  granted(): Promise<void> {
    return Promise.resolve();
  }

  @Consumes(postEnded, 'notifications-keep-posts')
  ended(): Promise<void> {
    return Promise.resolve();
  }

  @Consumes(correctionMoved, 'notifications-tell-corrections')
  corrected(): Promise<void> {
    return Promise.resolve();
  }

  @ConsumesMany('notifications-tell-cases')
  async moved(all: readonly Delivered[]): Promise<void> {
    batches.push(all.length);
    if (outages-- > 0) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    if (all.some(({ fact }) => (fact as { caseId?: string }).caseId === 'poison')) throw new Error('cannot digest');
    await Promise.all(
      all.map(({ messageId, fact }) =>
        this.work.once(messageId, fact, 'notifications-tell-cases', async (_, sql) => {
          await sql(`insert into note values ($1, $2, 'moved')`, [newId(), fact.orgPath]);
        }),
      ),
    );
  }

  @Consumes(monthlyReportMoved, 'notifications-tell-reports')
  async reported(fact: MonthlyReportMoved, messageId: string): Promise<void> {
    if (fact.orgCode === 'poison' && poisonous) throw new Error('cannot digest');
    if (fact.orgCode === 'slow') {
      slowRuns++;
      await new Promise((resolve) => setTimeout(resolve, 11_000));
    }
    await this.work.once(messageId, fact, 'notifications-tell-reports', async (_, sql) => {
      await sql(`insert into note values ($1, $2, $3)`, [newId(), fact.orgPath, fact.orgCode]);
    });
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

let nats: SuiteNats;
let database: SuiteDatabase;
let running: Running;
let bus: BusClient;
let signer: CallerSigner;

beforeAll(async () => {
  [nats, database] = await Promise.all([natsForSuite(), emptyDatabase()]);
  await migrateDatabase(database.ownerUrl, schema);
  const config = readConfig(ServiceConfig, {
    ...(await environmentFor('notifications', { nats, database })),
    LOG_LEVEL: 'warn',
  });
  running = await startService({ name: 'notifications', module: NotesModule, config: ServiceConfig, schema }, config);
  bus = new BusClient(natsClient(nats.access('gateway')), 'gateway');
  signer = await CallerSigner.from(identityKeys().privateKey);
});

afterAll(async () => {
  await bus?.close();
  await running?.stop();
  await nats?.stop();
  await database?.drop();
});

async function callOf(over: Partial<Call> = {}, who: Caller = caller): Promise<Call> {
  return { token: await signer.sign(who), traceparent: newTrace(), deadline: Date.now() + 5_000, ...over };
}

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: { body?: { code: string }; name: string }) => error.body?.code ?? error.name,
  );

const notes = () => running.work.read(caller, (_, sql) => sql<{ words: string }>(`select words from note`));

describe('at rest', () => {
  it('looks with one statement whether there is something to tell or to seal, and begins nothing', async () => {
    const times = (texts: readonly string[], what: string) => texts.filter((text) => text.includes(what)).length;
    const looks = () =>
      everythingSentBy((sent) =>
        eventually(
          () =>
            times(sent, 'from outbox where published_at is null limit 1') > 5 &&
            times(sent, 'from audit_unsealed)') > 2,
          'several looks',
        ),
      );
    // the opening of the chain
    await looks();
    const texts = await looks();
    expect(times(texts, 'relay_turn')).toBe(0);
    expect(times(texts, 'delete from audit_unsealed')).toBe(0);
    expect(times(texts, 'order by id limit')).toBe(0);
  });
});

describe('requests', () => {
  it('are answered for a signed caller with the permission', async () => {
    const taken = await bus.request(take, { words: 'first' }, await callOf());
    expect(taken.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['no token', { token: undefined }],
    ['a forged token', { token: 'eyJhbGciOiJub25lIn0.eyJjYWxsZXIiOnt9fQ.' }],
  ])('with %s are refused', async (_, over) => {
    expect(await codeOf(bus.request(take, { words: 'x' }, await callOf(over)))).toBe('request.unauthenticated');
  });

  it('a token signed by somebody else is refused', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const { privateKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const token = await (await CallerSigner.from(privateKey)).sign(caller);
    expect(await codeOf(bus.request(take, { words: 'x' }, await callOf({ token })))).toBe('request.unauthenticated');
  });

  it('without the permission are refused and written down', async () => {
    const call = await callOf();
    // before anything of the payload is looked at: the door leaves its traces so
    const payload = { refusedAtTheDoor: true } as unknown as Take;
    expect(await codeOf(bus.request(audit, payload, call))).toBe('request.forbidden');
    const rows = await running.work.read(caller, (_, sql) =>
      sql(`select trace_id from audit_event where what = 'notifications.note.audit' and result = 'request.forbidden'`),
    );
    expect(rows).toEqual([{ trace_id: call.traceparent.split('-')[1] }]);
  });

  it('refused by a rule are written down with their trace and address', async () => {
    const call = { ...(await callOf()), address: '10.1.2.3' };
    await codeOf(bus.request(take, { words: 'x', how: 'refuse' }, call));
    const rows = await running.work.read(caller, (_, sql) =>
      sql(`select result, address from audit_event where trace_id = $1`, [call.traceparent.split('-')[1]]),
    );
    expect(rows).toEqual([{ result: 'request.not_found', address: '10.1.2.3' }]);
  });

  it('after their deadline do nothing', async () => {
    expect(await codeOf(bus.request(take, { words: 'late' }, await callOf({ deadline: Date.now() - 1 })))).toBe(
      'request.deadline_passed',
    );
    expect((await notes()).map((n) => n.words)).not.toContain('late');
  });

  it('with unknown or missing properties are refused, each named, and written down', async () => {
    const body = { orgPath: '0.' } as unknown as Take;
    const call = await callOf();
    const error = await bus.request(take, body, call).catch((e: unknown) => e);
    expect(error).toMatchObject({ body: { code: 'request.malformed', kind: 'malformed' } });
    expect((error as { body: { errors: { pointer: string }[] } }).body.errors.map((e) => e.pointer).sort()).toEqual([
      '/orgPath',
      '/words',
    ]);
    const rows = await running.work.read(caller, (_, sql) =>
      sql(`select result from audit_event where trace_id = $1`, [call.traceparent.split('-')[1]]),
    );
    expect(rows).toEqual([{ result: 'request.malformed' }]);
  });

  it('a refusal comes back as itself, a fault without a word of what happened', async () => {
    expect(await codeOf(bus.request(take, { words: 'x', how: 'refuse' }, await callOf()))).toBe('request.not_found');
    const fault = await bus.request(take, { words: 'x', how: 'fault' }, await callOf()).catch((e: unknown) => e);
    expect(String(fault)).toBe('Fault: notifications.note.take failed');
  });

  it('with the same Idempotency-Key happen once', async () => {
    const call = await callOf({ idempotencyKey: newId() });
    const first = await bus.request(take, { words: 'once' }, call);
    expect(await bus.request(take, { words: 'once' }, call)).toEqual(first);
    expect((await notes()).filter((n) => n.words === 'once')).toHaveLength(1);
    expect(await codeOf(bus.request(take, { words: 'other' }, call))).toBe('request.idempotency_other_body');
  });

  it('asked again while the original is still at work get its answer, though they find it done', async () => {
    const call = await callOf({ idempotencyKey: newId() });
    const body = { words: 'late', how: 'late' };
    const [first, again] = await Promise.all([bus.request(take, body, call), bus.request(take, body, call)]);
    expect(again).toEqual(first);
    expect((await notes()).filter((n) => n.words === 'late')).toHaveLength(1);
  });

  it('nobody answers: unavailable, not a hang', async () => {
    const nowhere = request('records.nowhere.ask', {
      permission: 'notice.read',
      effect: 'read',
      request: Take,
      reply: Taken,
    });
    expect(await codeOf(bus.request(nowhere, { words: 'x' }, await callOf()))).toBe('request.unavailable');
  });
});

describe('facts', () => {
  const fact = (orgCode: string): Fact & { orgCode: string } => ({
    orgPath: caller.orgPath,
    orgCode,
    at: new Date().toISOString(),
  });
  const publish = async (id: string, orgCode: string) =>
    publishFact(await nats.connect('reporting'), {
      id,
      aggregate_id: id,
      subject: monthlyReportMoved.subject,
      payload: fact(orgCode),
      traceparent: newTrace(),
    });
  const applied = async (orgCode: string) => (await notes()).filter((n) => n.words === orgCode).length;

  it('take effect once, also when they are told twice', async () => {
    const id = newId();
    await publish(id, 'told');
    await publish(id, 'told');
    await eventually(async () => expect(await applied('told')).toBe(1), 'the fact takes effect');
  });

  it('that cannot be applied are set aside after five tries and hold up nobody', async () => {
    const id = newId();
    await publish(id, 'poison');
    await publish(newId(), 'behind the poison');
    await eventually(async () => expect(await applied('behind the poison')).toBe(1), 'the next fact is not held up', {
      timeout: 5_000,
    });
    await eventually(
      async () => {
        const letters = await running.work.beyond('dead-letters', (_, sql) =>
          sql(`select deliveries, error from dead_letter where message_id = $1`, [id]),
        );
        expect(letters).toEqual([{ deliveries: 5, error: 'cannot digest' }]);
      },
      'the poison is in dead_letter',
      { timeout: 15_000 },
    );
  });

  it('that were set aside are listed, run again when their handler is mended, and applied once', async () => {
    const letters = new DeadLetters(running.work, (letter) => running.redeliver(letter));
    const [letter] = await letters.list();
    await expect(letters.replay(letter!.id)).rejects.toThrow('cannot digest');
    expect(await letters.list()).toHaveLength(1);
    poisonous = false;
    await letters.replay(letter!.id);
    expect(await applied('poison')).toBe(1);
    expect(await letters.list()).toEqual([]);
    await expect(letters.drop(newId())).rejects.toThrow('no message set aside');
  });

  it('in a batch with one that cannot be applied are applied all the same, found by halves', async () => {
    const connection = await nats.connect('review');
    const tell = (caseId: string) =>
      publishFact(connection, {
        id: newId(),
        aggregate_id: newId(),
        subject: caseMoved.subject,
        payload: { ...fact('x'), caseId },
        traceparent: newTrace(),
      });
    await Promise.all(Array.from({ length: 96 }, (_, at) => tell(at === 40 ? 'poison' : String(at))));
    await eventually(async () => expect(await applied('moved')).toBe(95), 'all others are applied', {
      timeout: 15_000,
    });
    // alone each would be a run: of a batch of 96 halving asks 14 times, and a few batches may have come of them
    expect(batches.length).toBeLessThan(60);
  });

  it('in a batch that finds the database away wait for it together', async () => {
    const connection = await nats.connect('review');
    const before = { batches: batches.length, applied: await applied('moved') };
    outages = 1;
    await Promise.all(
      Array.from({ length: 32 }, (_, at) =>
        publishFact(connection, {
          id: newId(),
          aggregate_id: newId(),
          subject: caseMoved.subject,
          payload: { ...fact('x'), caseId: `away ${at}` },
          traceparent: newTrace(),
        }),
      ),
    );
    await eventually(async () => expect(await applied('moved')).toBe(before.applied + 32), 'all are applied', {
      timeout: 15_000,
    });
    // by halves the first batch alone would have been asked for each of its own
    expect(batches.length - before.batches).toBeLessThan(20);
  });

  it('that are no JSON are set aside as bytes', async () => {
    const id = newId();
    const connection = await nats.connect('reporting');
    await connection.jetstream().publish(monthlyReportMoved.subject, Buffer.from('\xff{'), { msgID: id });
    await eventually(
      async () => {
        const letters = await running.work.beyond('dead-letters', (_, sql) =>
          sql(`select payload from dead_letter where message_id = $1`, [id]),
        );
        expect(letters).toEqual([{ payload: { notJson: Buffer.from('\xff{').toString('base64') } }]);
      },
      'the bytes are in dead_letter',
      { timeout: 15_000 },
    );
  });

  it('a handler that takes longer than the ack wait is not asked twice', async () => {
    await publish(newId(), 'slow');
    await eventually(async () => expect(await applied('slow')).toBe(1), 'the slow fact is applied', {
      timeout: 20_000,
    });
    expect(slowRuns).toBe(1);
  }, 30_000);

  it('go on after NATS was killed and came back', async () => {
    await nats.restart();
    const id = newId();
    await eventually(() => publish(id, 'after the kill'), 'NATS takes facts again', { timeout: 15_000 });
    await eventually(async () => expect(await applied('after the kill')).toBe(1), 'the fact takes effect', {
      timeout: 15_000,
    });
    await eventually(
      async () => expect(await codeOf(bus.request(take, { words: 'after' }, await callOf()))).toBe('done'),
      'requests are answered again',
      { timeout: 15_000 },
    );
  });
});

import type { Caller } from '@shidang/access';
import { natsServer } from '@shidang/bus';
import { keepAuditHeads, type ServiceName } from '@shidang/contracts';
import { AuditSealer, headsAfter, migrateDatabase, newId } from '@shidang/persistence';
import {
  emptyDatabase,
  environmentFor,
  eventually,
  everythingSentBy,
  natsForSuite,
  type SuiteDatabase,
  type SuiteNats,
} from '@shidang/testing';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { Client } from 'pg';
import pino from 'pino';
import { auditVerb } from './audit-verb';
import { AuditSealing, checkedChain, verdictOf, type AuditParts } from './audit-sealing';
import { declareRestored } from './declare-restored';
import { showLastCheck } from './last-check';
import { Metrics } from './metrics';
import { accessOf, readConfig, ServiceConfig } from './service-config';
import { wire } from './wiring';

@Module({})
class NothingElse {}

const schema = { entities: [] };
const county: Caller = {
  accountId: newId(),
  personId: newId(),
  postId: newId(),
  role: 'informationAdministrator',
  tier: 'county',
  orgPath: '0.33.3311.331102.',
  orgCode: '331102',
};

let nats: SuiteNats;
let own: SuiteDatabase;
let keepers: SuiteDatabase;
let keeper: INestApplication;
let review: Wired;
let reporting: Wired;
let admin: Client;
let keeperAdmin: Client;
let file: string;

type Wired = Awaited<ReturnType<typeof wired>>;

async function wired(name: ServiceName, database: SuiteDatabase) {
  await migrateDatabase(database.ownerUrl, schema);
  const config = readConfig(ServiceConfig, { ...(await environmentFor(name, { nats, database })), LOG_LEVEL: 'warn' });
  const parts = await wire({ name, module: NothingElse, config: ServiceConfig, schema }, config);
  return { config, ...parts };
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

beforeAll(async () => {
  [nats, own, keepers] = await Promise.all([natsForSuite(), emptyDatabase(), emptyDatabase()]);
  [review, reporting] = [await wired('review', own), await wired('reporting', keepers)];
  keeper = await NestFactory.create(reporting.root, new FastifyAdapter(), { logger: ['error'] });
  keeper.connectMicroservice<MicroserviceOptions>({ strategy: natsServer(accessOf(reporting.config)) });
  await keeper.startAllMicroservices();
  await review.bus.connect();
  [admin, keeperAdmin] = [await connected(own.adminUrl), await connected(keepers.adminUrl)];
  file = review.config.AUDIT_HEADS_FILE;
});

afterAll(async () => {
  await Promise.all([admin?.end(), keeperAdmin?.end()]);
  await keeper?.close();
  for (const service of [review, reporting]) {
    await service?.bus.close();
    await service?.orm.close(true);
  }
  await nats?.stop();
  await Promise.all([own?.drop(), keepers?.drop()]);
});

const parts = (): AuditParts => review.audit;

/** So many blocks of one row each, told outside. */
async function sealed(blocks: number): Promise<void> {
  const sealer = new AuditSealer(review.work, parts().vault.auditKeys, 'review');
  for (let i = 0; i < blocks; i++) {
    await review.work.as(county, () => Promise.resolve({}));
    await sealer.sealAll();
  }
  await parts().heads.tell();
}

/** As a backup from just after that block has it. */
async function rolledBackTo(sequence: number): Promise<Date> {
  const { rows } = await admin.query<{ first: string }>(
    `select first from audit_seal where sequence > ${sequence} and rows > 0 order by sequence limit 1`,
  );
  await admin.query(`delete from audit_event where id >= '${rows[0]!.first}'`);
  await admin.query(`delete from audit_unsealed`);
  await admin.query(`delete from audit_seal where sequence > ${sequence}`);
  const at = await admin.query<{ at: Date }>(`select max(at) as at from audit_seal`);
  return at.rows[0]!.at;
}

const tip = async (): Promise<number> =>
  Number((await admin.query<{ max: string }>(`select max(sequence) from audit_seal`)).rows[0]!.max);

const intact = { intact: true, first: [] };
const reason = '机房断电，自备份恢复';

it('heads are told to the file and to the keeper, each once', async () => {
  await sealed(4);
  await parts().heads.tell();
  expect(await verdictOf(parts())).toMatchObject({ ...intact, restored: [] });
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(await tip());
  const { rows } = await keeperAdmin.query(`select sequence from audit_witness where service = 'review'`);
  expect(rows).toHaveLength(await tip());
});

it('a head that was told stays: the keeper takes no other one for its number', async () => {
  const kept = () => keeperAdmin.query(`select * from audit_witness where service = 'review' order by sequence`);
  const { rows: before } = await kept();
  const [head] = await review.work.snapshot('audit-chain', (_, sql) => headsAfter(sql, 0, 1));
  const told = { ...head!, first: head!.first ?? undefined };
  await review.bus.ask(keepAuditHeads.review, { heads: [told] });
  const other = { ...told, hash: 'a'.repeat(64) };
  await expect(review.bus.ask(keepAuditHeads.review, { heads: [other] })).rejects.toMatchObject({
    body: { code: 'request.audit_head_differs' },
  });
  expect((await kept()).rows).toEqual(before);
});

describe('a replica that made no check itself', () => {
  const told = async () => {
    const replica = new Metrics('review');
    showLastCheck(replica, review.work);
    const text = await replica.registry.metrics();
    return [/^shidang_audit_chain_intact\{.*\} (.*)$/m, /^shidang_audit_check_age_seconds\{.*\} (.*)$/m].map(
      (series) => {
        const [, value] = series.exec(text) ?? [];
        return value === undefined ? undefined : Number(value);
      },
    );
  };

  it('tells nothing before the first, then what was found last and how long ago', async () => {
    expect(await told()).toEqual([undefined, undefined]);
    await checkedChain(parts());
    const [intactNow, age] = await told();
    expect(intactNow).toBe(1);
    expect(age).toBeLessThan(60);
    await admin.query(
      `insert into audit_check (id, at, state, from_sequence, to_sequence, rows) values ($1, now() - interval '3 hours', 'tampered', 1, 1, 1)`,
      [newId()],
    );
    const [tampered, old] = await told();
    expect(tampered).toBe(0);
    expect(old).toBeGreaterThan(10_000);
  });
});

it('nothing can be declared of a database that lacks nothing', async () => {
  await expect(declareRestored(parts(), { to: new Date(), reason })).rejects.toThrow(/nothing to declare/);
});

it('of a database that was rolled back the file alone knows, and the keeper alone', async () => {
  const last = await tip();
  await rolledBackTo(last - 2);
  const told = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    told
      .split('\n')
      .slice(0, last - 2)
      .join('\n'),
  );
  expect((await verdictOf(parts())).first[0]).toMatchObject({ why: 'tail', sequence: last - 1, by: 'reporting' });
  writeFileSync(file, told);
  await keeperAdmin.query(`create temp table hidden as select * from audit_witness where sequence > ${last - 2}`);
  await keeperAdmin.query(`delete from audit_witness where sequence > ${last - 2}`);
  expect((await verdictOf(parts())).first[0]).toMatchObject({ why: 'tail', sequence: last - 1, by: 'file' });
  await keeperAdmin.query(`insert into audit_witness select * from hidden`);
});

describe('a restore', () => {
  it('to a time after what is missing is not what happened', async () => {
    const to = new Date(Date.now() + 60_000);
    await expect(declareRestored(parts(), { to, reason })).rejects.toThrow(/was sealed at/);
  });

  it('is declared with a time and a reason', async () => {
    for (const args of [[], ['--to', '2016-11-23'], ['--to', 'yesterday', '--reason', reason], ['--reason', reason]])
      await expect(auditVerb(parts(), ['restored', ...args])).rejects.toThrow(/usage/);
  });

  it('once declared is said by every verification, and the chain goes on; it stands in the audit itself', async () => {
    const before = await tip();
    const { rows } = await admin.query<{ at: Date }>(`select max(at) as at from audit_seal`);
    const declared = await declareRestored(parts(), { to: rows[0]!.at, reason });
    expect(declared).toMatchObject({ sequence: before, setAside: before + 2, reason });
    expect(await verdictOf(parts())).toMatchObject({ ...intact, restored: [declared] });
    await sealed(5);
    expect(await verdictOf(parts())).toMatchObject({ ...intact, restored: [declared] });
    expect(await verdictOf(parts(), 2)).toMatchObject(intact);
    const written = await admin.query(`select reason from audit_event where what = 'review.audit-chain.restore'`);
    expect(written.rows).toEqual([{ reason: `${declared.to}: ${reason}` }]);
  });

  it('does not excuse the next one', async () => {
    const last = await tip();
    await rolledBackTo(last - 1);
    expect((await verdictOf(parts())).first[0]).toMatchObject({ why: 'tail', sequence: last });
    const note = readFileSync(file, 'utf8')
      .split('\n')
      .find((line) => line.startsWith('{"restored"'))!;
    const told = readFileSync(file, 'utf8');
    appendFileSync(file, `${note}\n`);
    expect((await verdictOf(parts())).first).toContainEqual(expect.objectContaining({ why: 'head', by: 'file' }));
    writeFileSync(file, told + `${note.replace('机房', '机器').replace(/"id":"./, '"id":"f')}\n`);
    expect((await verdictOf(parts())).first).toContainEqual(expect.objectContaining({ why: 'head', by: 'file' }));
    writeFileSync(file, told);
  });

  it('declared a second time, after the service had sealed on, sets aside what was told in between', async () => {
    const last = await tip();
    await review.work.as(county, () => Promise.resolve({}));
    await new AuditSealer(review.work, parts().vault.auditKeys, 'review').sealAll();
    expect((await verdictOf(parts())).first[0]).toMatchObject({ why: 'other-head', sequence: last + 1 });
    const { rows } = await admin.query<{ at: Date }>(`select at from audit_seal where sequence = ${last}`);
    const declared = await declareRestored(parts(), { to: rows[0]!.at, reason });
    await sealed(2);
    expect(await verdictOf(parts())).toMatchObject({ ...intact, restored: [{ reason }, declared] });
  });
});

it('a service at rest tells its heads no more; a new one it tells', async () => {
  await sealed(1);
  let times = 0;
  const { heads } = parts();
  const counting = Object.assign(Object.create(heads) as typeof heads, {
    tell: () => {
      times += 1;
      return heads.tell();
    },
  });
  const options = { metrics: new Metrics('review'), logger: pino({ enabled: false }), rest: 20 };
  const sealing = new AuditSealing({ ...parts(), heads: counting }, options);
  const looks = async (n: number) =>
    everythingSentBy((sent) =>
      eventually(() => sent.filter((text) => text.includes('from audit_unsealed)')).length > n, `${n} looks`),
    );
  await sealing.start();
  try {
    // told when it began, perhaps once more when the last block was seen
    await looks(40);
    expect(times).toBeLessThan(4);
    const before = times;
    await review.work.as(county, () => Promise.resolve({}));
    await eventually(() => times > before, 'the new head is told');
  } finally {
    await sealing.stop();
  }
  expect(await verdictOf(parts())).toMatchObject(intact);
});

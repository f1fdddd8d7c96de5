import { serviceNames } from '@shidang/contracts';
import {
  Guarded,
  accessTo,
  asAdmin,
  ensureDatabase,
  keyFileOf,
  migrateOnce,
  postgresAnswers,
  preparePostgres,
  secretsOf,
  serviceEnvironment,
  takePreparedDatabases,
  placeForTests,
  throwAwayDirectory,
  until,
  walOf,
  type PreparedPostgres,
  type ThrowAway,
} from '@shidang/dev';
import { AuditSealer, FileKeyProvider, Vault, Work, headsAfter, newId, openDatabase } from '@shidang/persistence';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, type Backup } from '../backup/backup-place';
import { databaseOf } from '../backup/counted-rows';
import { headsIn } from '../backup/saved-heads';
import { lookAtTrails } from '../backup/sealed-trails';
import { takeBackup } from '../backup/take-backup';
import { verifyBackup } from '../backup/verify-backup';
import { askPostgres } from '../doctor/ask-servers';
import { findings } from '../doctor/checks';
import type { Facts } from '../doctor/facts';
import { adminPasswordIn, restoreSystem } from './restore-system';
import { openBackup } from './opened-server';

/** A cluster with all five databases, WAL archived, no service: what one writes is known to the row. */
let home: ThrowAway;
let dir: string;
let prepared: PreparedPostgres;
let server: Guarded;
let archive: string;
let backup: Backup;

const say = () => undefined;
const sql = async <Row extends object>(service: (typeof serviceNames)[number], text: string, values: unknown[] = []) =>
  (await asAdmin(databaseOf(prepared.adminUrl, service), (client) => client.query<Row>(text, values))).rows;

/** A fact of records; applied by whoever takes it, unless it is in flight. */
async function tell(inFlight: boolean): Promise<string> {
  const id = newId();
  await sql(
    'records',
    `insert into outbox (id, subject, aggregate_id, org_path, payload, traceparent, published_at)
     values ($1, 'evt.records.teacher-registered', $1, '0.', '{}', '00', now())`,
    [id],
  );
  if (!inFlight)
    for (const [service, durable] of [
      ['identity', 'identity-make-teacher-account'],
      ['reporting', 'reporting-follow-records'],
    ] as const)
      await sql(service, 'insert into inbox (message_id, durable) values ($1, $2)', [id, durable]);
  return id;
}

async function person(): Promise<void> {
  const id = newId();
  const vault = new Vault(new FileKeyProvider(join(dir, 'keys/identity.json')));
  const document = vault.seal('33119919900307102X', { table: 'person', column: 'document', row: id });
  const values = [id, vault.blind(id), document];
  await sql(
    'identity',
    `insert into person (id, blind, document_type, document, name) values ($1, $2, '1', $3, '张三')`,
    values,
  );
}

/** An audit row of review in a seal, its head told to the file. */
async function seal(): Promise<void> {
  const { appUrl } = accessTo(prepared.adminUrl, 'review', secretsOf(dir).databases.review, 'shidang_review');
  const orm = await openDatabase(appUrl, { entities: [] }, { throwAway: true });
  try {
    const vault = new Vault(new FileKeyProvider(join(dir, 'keys/review.json')));
    const work = new Work(orm, vault);
    await work.beyondRecorded('setup', () => Promise.resolve({}));
    await new AuditSealer(work, vault.auditKeys, 'review').sealAll();
    const { HeadsFile } = await import('@shidang/service-host');
    const file = new HeadsFile(join(headsIn(dir), 'review.jsonl'));
    const tip = await file.tip();
    await file.append(await work.snapshot('audit-chain', (_, sql) => headsAfter(sql, tip, 100)));
  } finally {
    await orm.close(true);
  }
}

const outbox = (adminUrl: string) =>
  asAdmin(databaseOf(adminUrl, 'records'), async (client) => {
    const { rows } = await client.query<{ id: string; untold: boolean }>(
      'select id, published_at is null as untold from outbox order by id',
    );
    return rows;
  });

/** The database's clock decides what a moment is. */
const databaseNow = async (): Promise<Date> =>
  (await sql<{ now: Date }>('records', 'select clock_timestamp() as now'))[0]!.now;

async function archived(): Promise<void> {
  const [row] = await sql<{ name: string }>('records', 'select pg_walfile_name(pg_switch_wal()) as name');
  await until('the archive', 30, async () =>
    existsSync(join(walOf(archive, backup.cluster), `${row!.name}.gz`)) ? true : undefined,
  );
}

beforeAll(async () => {
  home = throwAwayDirectory('restore', placeForTests());
  dir = join(home.dir, 'system');
  archive = join(home.dir, 'archive');
  mkdirSync(dir);
  takePreparedDatabases(dir);
  const secrets = secretsOf(dir);
  const settings = { wal_level: 'replica', full_page_writes: 'on' };
  const wish = { dir, adminPassword: secrets.postgresAdmin, throwAway: true, archive: { dir: archive }, settings };
  prepared = await preparePostgres(wish);
  server = Guarded.start(prepared.command);
  await postgresAnswers(prepared.adminUrl);
  for (const service of serviceNames) {
    await keyFileOf(dir, service);
    await ensureDatabase(prepared.adminUrl, service, secrets.databases[service]);
  }
  await Promise.all(
    serviceNames.map(async (service) => {
      const database = accessTo(prepared.adminUrl, service, secrets.databases[service], `shidang_${service}`);
      const place = { dir, secrets, natsUrl: 'nats://127.0.0.1:1', healthPort: 0, database, throwAway: true };
      await migrateOnce(service, await serviceEnvironment(service, place), database.ownerUrl);
    }),
  );
  for (let n = 0; n < 5; n += 1) await tell(false);
  await person();
  for (let n = 0; n < 3; n += 1) await seal();
  const keysTo = join(home.dir, 'vault');
  ({ backup } = await takeBackup({ adminUrl: prepared.adminUrl, dir, archive, keysTo, say }));
}, 300_000);
afterAll(async () => {
  await server?.stop();
  await home?.remove();
}, 30_000);

const verified = () => verifyBackup({ archive, backup, keys: backup.keys, values: 100, say });
/** Spoils the backup for one look and puts it back. */
async function spoilt(file: string, spoil: (file: string) => void): Promise<readonly string[]> {
  cpSync(file, `${file}.kept`);
  try {
    spoil(file);
    return (await verified()).wrong;
  } finally {
    cpSync(`${file}.kept`, file);
    rmSync(`${file}.kept`);
  }
}

describe('a backup', () => {
  it('is good: every page, row, constraint, index, sealed value, audit row', async () => {
    const { wrong, looked, rows } = await verified();
    expect(wrong).toEqual([]);
    expect(looked).toMatchObject({ sealedValues: 1, sealedAuditRows: 3 });
    expect(rows.records['outbox']).toBe(5);
    // for the metric of its age; made before it, the backup itself does not know of it
    expect(await sql('identity', 'select from backup_taken')).toHaveLength(1);
  }, 180_000);

  it('that was changed is not', async () => {
    const { base } = filesOf(archive, backup);
    expect(await spoilt(base, (file) => appendFileSync(file, 'x'))).toEqual([expect.stringContaining('has changed')]);
  }, 180_000);
});

describe('after the data directory was destroyed', () => {
  it('what was committed up to the moment is there, nothing later, facts in flight are told again once', async () => {
    const [applied, flying] = [await tell(false), await tell(true)];
    const moment = await databaseNow();
    await tell(false);
    await seal();
    await archived();
    await server.kill();
    rmSync(prepared.data, { recursive: true });

    const to = join(home.dir, 'restored');
    const restored = await restoreSystem({ archive, to, moment, headsFrom: headsIn(dir), say });
    expect(restored.rows.records['outbox']).toBe(7);
    expect(restored.inFlight).toEqual({ ahead: {}, toldAgain: 1 });
    await expect(restoreSystem({ archive, to, moment, say })).rejects.toThrow('into a new directory only');
    expect(readdirSync(to).sort()).toEqual(['audit-heads', 'keys', 'logs', 'postgres', 'secrets.json']);

    // what npm start -- --dir would start
    prepared = await preparePostgres({ dir: to, adminPassword: adminPasswordIn(to), throwAway: true });
    server = Guarded.start(prepared.command);
    await postgresAnswers(prepared.adminUrl);
    const rows = await outbox(prepared.adminUrl);
    expect(rows.filter(({ untold }) => untold)).toEqual([{ id: flying, untold: true }]);
    expect(rows.map(({ id }) => id)).toContain(applied);
    const { wrong } = await lookAtTrails(prepared.adminUrl, to, headsIn(to));
    expect(wrong).toEqual([expect.stringMatching(/^review: the audit chain is broken: tail in block 4, first row /)]);
    expect(await lookAtTrails(prepared.adminUrl, to, filesOf(archive, backup).heads)).toEqual({ rows: 3, wrong: [] });
  }, 180_000);

  it('a moment the archive does not reach is refused, and leaves nothing', async () => {
    const to = join(home.dir, 'never');
    const moment = new Date('2099-01-01T00:00:00Z');
    await expect(restoreSystem({ archive, to, moment, say })).rejects.toThrow('recovery ended before');
    expect(readdirSync(to)).toEqual(['logs']);
  }, 180_000);
});

describe('doctor', () => {
  const host: Facts = { now: new Date(), node: '24.0.0', freeBytes: 5e10, running: true, openFiles: [], exposed: [] };
  const bad = async () =>
    findings({ ...host, postgres: await askPostgres(prepared.adminUrl) })
      .filter(({ level, check }) => level === 'bad' && check !== 'postgres durability')
      .map(({ check, words }) => `${check}: ${words}`);

  it('finds nothing but the fact in flight, then each planted fault', async () => {
    await sql('records', 'update outbox set published_at = now()');
    expect(await bad()).toEqual([]);
    await sql('review', 'alter table review_case no force row level security');
    await sql('review', 'drop table inbox_default');
    await sql('reporting', 'alter role reporting_app bypassrls');
    await sql('records', `delete from mikro_orm_migrations where name = '0006-case-since'`);
    const letter = `insert into dead_letter (id, durable, subject, message_id, payload, error, deliveries) values ($1, 'd', 's', 'm', '{}', 'e', 5)`;
    await sql('notifications', letter, [newId()]);
    const old = '01900000-0000-7000-8000-000000000000';
    const fact = `insert into outbox (id, subject, aggregate_id, org_path, payload, traceparent) values ($1, 's', $1, '0.', '{}', '00')`;
    await sql('identity', fact, [old]);
    await sql('identity', `insert into audit_unsealed values ($1, '')`, [old]);
    const check = `insert into audit_check (id, state, from_sequence, to_sequence, rows, bad) values ($1, 'tampered', 1, 9, 90, $2)`;
    await sql('review', check, [newId(), JSON.stringify({ why: 'changed', sequence: 7, row: old })]);
    expect(await bad()).toEqual([
      'lock: review row-level security is not forced on review_case',
      'role: reporting the app role is bypassrls',
      'migrations: records misses migrations 0006-case-since',
      expect.stringMatching(/^outbox: identity has a fact that has waited \d+ s in its outbox$/),
      'dead letters: notifications has set aside 1 messages',
      expect.stringMatching(/^audit seal: identity has an audit row that has waited \d+ s for its seal$/),
      `audit chain: review says that somebody changed its audit trail: changed in block 7, first row ${old}`,
      'partitions: identity has rows in a default partition: outbox 1',
    ]);
  }, 180_000);
});

/** Other keys for identity than those of the backup. */
async function otherKeys(): Promise<string> {
  const others = join(home.dir, 'others');
  cpSync(backup.keys, others, { recursive: true });
  rmSync(join(others, 'keys/identity.json'));
  await keyFileOf(others, 'identity');
  return others;
}

it('a backup with a row that breaks a foreign key, with an audit row that was changed, or looked at with the wrong keys, is not good', async () => {
  const orphan = `insert into review_batch_item (batch_id, case_id, org_path, content_hash, result) values ($1, $1, '0.', 'h', 'held')`;
  await asAdmin(databaseOf(prepared.adminUrl, 'review'), async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(orphan, [newId()]);
  });
  await sql(
    'review',
    `update audit_event set result = 'undone' where id = (select first from audit_seal where sequence = 3)`,
  );
  const keysTo = join(home.dir, 'vault');
  const wish = { adminUrl: prepared.adminUrl, dir: join(home.dir, 'restored'), archive, keysTo, say };
  const { backup: later } = await takeBackup(wish);
  const { wrong } = await verifyBackup({ archive, backup: later, keys: await otherKeys(), values: 10, say });
  expect(wrong).toEqual([
    expect.stringContaining('review_batch_item: 1 rows break the foreign key'),
    expect.stringContaining('a sealed value does not open: person.document'),
    expect.stringContaining('identity: the audit chain is broken: missing'),
    expect.stringContaining('review: the audit chain is broken: changed in block 3'),
  ]);
}, 180_000);

it('a backup opens only below a directory without data', async () => {
  const opening = { archive, backup, dir: join(home.dir, 'restored'), adminPassword: 'x' };
  await expect(openBackup(opening)).rejects.toThrow('never restored over anything');
});

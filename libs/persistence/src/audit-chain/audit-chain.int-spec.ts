import type { Caller } from '@shidang/access';
import { emptyDatabase, type SuiteDatabase } from '@shidang/testing';
import type { MikroORM } from '@mikro-orm/postgresql';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { auditEach } from '../audit';
import { migrateDatabase, openDatabase } from '../database';
import { newId } from '../new-id';
import { createKeyFile, FileKeyProvider, Vault } from '../vault';
import { purposes, Work } from '../work';
import type { AuditHead } from './audit-block';
import { AuditKeys } from './audit-keys';
import { auditColumns } from './audit-row';
import { AuditSealer } from './audit-sealer';
import { headsAfter } from './stored-blocks';
import { attacks, seeded } from './tamper.testing';
import { verifyChain, type ChainVerdict } from './verify-chain';
import { sqlOn, Victim } from './victim.testing';

const service = 'records';
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
const old = ['0150', '0160', '0170', '0180'].map((at) => `${at}0000-0000-7000-8000-000000000000`);

const directory = mkdtempSync(join(tmpdir(), 'audit-'));
let suite: SuiteDatabase;
let orm: MikroORM;
let work: Work;
let admin: Client;
let keys: AuditKeys;
let sealer: AuditSealer;

beforeAll(async () => {
  suite = await emptyDatabase();
  await migrateDatabase(suite.ownerUrl, schema);
  orm = await openDatabase(suite.appUrl, schema, { throwAway: true });
  createKeyFile(join(directory, 'keys.json'));
  const vault = new Vault(new FileKeyProvider(join(directory, 'keys.json')));
  keys = vault.auditKeys;
  work = new Work(orm, vault);
  await work.committed.begin(work);
  sealer = new AuditSealer(work, keys, service);
  admin = new Client({ connectionString: suite.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin?.end();
  await orm?.close(true);
  await suite?.drop();
  rmSync(directory, { recursive: true, force: true });
});

const write = (rows: number) =>
  work.as(county, async (_, sql) => {
    const touched = Array.from({ length: rows }, (_, n) => ({
      concerns: `teacher:${newId()}`,
      orgPath: n % 7 === 0 ? '0.33.3310.' : county.orgPath,
      fields: ['basic.staffNo', '教师\n"姓名"', ''].slice(0, n % 4),
    }));
    await auditEach(sql, county, 'import:一', touched);
  });

async function* those(heads: readonly AuditHead[]): AsyncGenerator<AuditHead> {
  for (const head of heads) yield head;
}

const outside = (name: string, heads: readonly AuditHead[], readAt: number) => ({
  name,
  tip: heads.at(-1)?.sequence ?? 0,
  readAt,
  heads: those(heads),
  restored: [],
});

/** As the service itself verifies, with what was told outside until now. */
async function verified(newest?: number): Promise<ChainVerdict> {
  const heads = await work.snapshot('audit-chain', (_, sql) => headsAfter(sql, 0, 10_000));
  const from = [outside('file', heads, Date.now()), outside('witness', heads, Date.now())];
  return work.snapshot('audit-chain', (_, sql) => verifyChain(sql, { service, keys, outside: from, newest }));
}

const intact = { intact: true, flaws: 0, first: [] };

it('the canonical form has every column of the table, in this release too', async () => {
  const { rows } = await admin.query(
    `select attname from pg_attribute where attrelid = 'audit_event'::regclass and attnum > 0 and not attisdropped`,
  );
  expect(rows.map(({ attname }) => attname as string).sort()).toEqual([...auditColumns].sort());
});

it('rows from before the chain are sealed first, in blocks of their own; afterwards every row needs its mark', async () => {
  for (const id of old)
    await admin.query(`insert into audit_event (id, org_path, what, result) values ($1, '0.', 'before', 'done')`, [id]);
  await write(3);
  const few = new AuditSealer(work, keys, service, 3);
  expect((await few.seal()).rows).toBe(3);
  expect(await verified()).toMatchObject({ rows: 3 });
  await few.sealAll();
  const { rows } = await admin.query(`select rows, opening from audit_seal order by sequence`);
  expect(rows).toEqual([
    { rows: 3, opening: true },
    { rows: 1, opening: true },
    { rows: 3, opening: false },
    { rows: 1, opening: false },
  ]);
  expect(await verified()).toMatchObject({ ...intact, rows: 8, unsealed: 0 });
});

it('a row that cannot be queued for its seal is not written, and neither is what it tells of', async () => {
  const before = await admin.query(`select count(*) from audit_event`);
  await admin.query(`revoke insert on audit_unsealed from suite_app`);
  try {
    await expect(write(1)).rejects.toThrow(/permission denied/);
    await expect(work.as(county, () => Promise.resolve({}))).rejects.toThrow(/permission denied/);
  } finally {
    await admin.query(`grant insert on audit_unsealed to suite_app`);
  }
  expect((await admin.query(`select count(*) from audit_event`)).rows).toEqual(before.rows);
});

it('rows, seals and what was found cannot be changed or removed by the application, whatever the purpose', async () => {
  const tables = ['audit_event', 'audit_seal', 'audit_witness', 'audit_restored', 'audit_check'];
  for (const change of [
    ...tables.map((table) => `delete from ${table}`),
    ...tables.map((table) => `truncate ${table}`),
    `update audit_event set result = 'undone'`,
    `update audit_seal set hash = ''`,
    `update audit_witness set hash = ''`,
    `update audit_restored set reason = ''`,
    `update audit_check set state = 'intact'`,
    'update audit_unsealed set id = id',
    'truncate audit_unsealed',
    'delete from audit_turn',
  ])
    await expect(work.beyond('audit-chain', (_, sql) => sql(change))).rejects.toThrow(/permission denied/);
});

it('only the sealer empties the queue', async () => {
  await write(1);
  for (const purpose of purposes.filter((each) => each !== 'audit-chain'))
    await work.beyond(purpose, (_, sql) => sql('delete from audit_unsealed'));
  await work.as(county, async (_, sql) => ({ gone: await sql('delete from audit_unsealed') }));
  const { rows } =
    await admin.query(`select from audit_event e where not exists (select from audit_unsealed u where u.id = e.id)
    and not exists (select from audit_seal where position(uuid_send(e.id) in entries) > 0)`);
  expect(rows).toEqual([]);
  await sealer.sealAll();
});

it('a transaction held open is sealed when it commits, and holds up nobody', async () => {
  let go!: () => void;
  let inside!: () => void;
  const held = new Promise<void>((resolve) => (go = resolve));
  const begun = new Promise<void>((resolve) => (inside = resolve));
  const late = work.as(county, async (_, sql) => {
    await auditEach(sql, county, 'held', [{ concerns: 'teacher:late', orgPath: county.orgPath, fields: [] }]);
    inside();
    await held;
    return {};
  });
  await begun;
  await write(2);
  expect(await sealer.sealAll()).toBe(3);
  expect(await verified()).toMatchObject(intact);
  go();
  await late;
  expect(await sealer.sealAll()).toBe(2);
  expect(await verified()).toMatchObject({ ...intact, unsealed: 0 });
});

describe('a row that is committed', () => {
  const committed = async () => {
    const { rows: before } = await admin.query<{ id: string }>(`select id from audit_unsealed`);
    await write(1);
    const { rows } = await admin.query<{ id: string }>(
      `select id from audit_unsealed where id <> all($1) order by id`,
      [before.map(({ id }) => id)],
    );
    return rows[0]!.id;
  };
  it('and taken out of the queue by somebody is queued again by the process that wrote it', async () => {
    const row = await committed();
    await admin.query(`delete from audit_unsealed where id = $1`, [row]);
    expect(await work.committed.meet(work)).toEqual([row]);
    expect(await work.committed.meet(work)).toEqual([]);
    await sealer.sealAll();
    expect(await verified()).toMatchObject({ ...intact, unsealed: 0 });
  });

  it('and taken away with its place in the queue before it was sealed is missed', async () => {
    const row = await committed();
    await admin.query('begin');
    await admin.query(`delete from audit_unsealed where id = $1`, [row]);
    await admin.query(`delete from audit_event where id = $1`, [row]);
    await admin.query('commit');
    expect(await verified()).toMatchObject(intact);
    expect(await work.committed.meet(work)).toEqual([row]);
    await sealer.sealAll();
    expect((await verified()).first).toEqual([expect.objectContaining({ row, why: 'missing' })]);
    expect(await work.committed.meet(work)).toEqual([]);
  });

  it('is forgotten when it was sealed, by whomever', async () => {
    await write(3);
    await new AuditSealer(work, keys, service).sealAll();
    expect(await work.committed.meet(work)).toEqual([]);
    await admin.query('truncate audit_event, audit_seal, audit_unsealed');
    expect(await work.committed.meet(work)).toEqual([]);
  });
});

it('two sealers, writers beside them and one that dies in the middle: nothing twice, nothing left, no alarm', async () => {
  const dying = new AuditKeys(randomBytes(32), generateKeyPairSync('ed25519').privateKey);
  dying.sign = () => {
    throw new Error('killed');
  };
  let writing = true;
  const sealing = [sealer, new AuditSealer(work, keys, service, 5)].map(async (one) => {
    while (writing) await one.sealAll();
  });
  const mortal = new AuditSealer(work, dying, service, 5);
  let died = 0;
  const verdicts: ChainVerdict[] = [];
  const gone: string[] = [];
  const writers = Array.from({ length: 4 }, async (_, n) => {
    for (let i = 0; i < 12; i++) {
      await write(1 + ((i + n) % 4));
      if (n === 2) gone.push(...(await work.committed.meet(work)));
      if (n === 0) await mortal.seal().catch(() => (died += 1));
      if (n === 1 && i % 4 === 0) verdicts.push(await verified());
    }
  });
  await Promise.all(writers);
  writing = false;
  await Promise.all(sealing);
  await write(1);
  await expect(mortal.seal()).rejects.toThrow('killed');
  await sealer.sealAll();
  verdicts.push(await verified());
  for (const verdict of verdicts) expect(verdict).toMatchObject(intact);
  expect([gone, await work.committed.meet(work)]).toEqual([[], []]);
  const { rows } = await admin.query(
    `select (select count(*) from audit_event) as all, (select sum(rows) from audit_seal) as sealed`,
  );
  expect(rows[0].sealed).toBe(rows[0].all);
});

describe('tampering by somebody who may do everything in the database', () => {
  const rounds = 500;
  const seed = Number(process.env['SEED'] ?? 20_161_123);
  const kinds = Object.keys(attacks);

  beforeAll(async () => {
    await admin.query('truncate audit_event, audit_seal, audit_unsealed');
    for (let i = 0; i < 12; i++) {
      await write(1 + ((i * 5) % 17));
      await sealer.sealAll();
    }
    await write(5);
  });

  /** What the verifier says of the database as it is inside this transaction. */
  async function verdictOn(victim: Victim, newest?: number): Promise<ChainVerdict> {
    const { file, witness, readAt } = victim;
    const from = [outside('file', file, readAt), outside('witness', witness, readAt)];
    return verifyChain(sqlOn(admin), { service, keys, outside: from, newest });
  }

  it('nothing is found where nothing was done', async () => {
    expect(await verdictOn(await Victim.of(admin, service))).toMatchObject(intact);
    expect(await verdictOn(await Victim.of(admin, service), 60)).toMatchObject(intact);
  });

  it(`${rounds} times (seed ${seed}) is found, and the first bad row is named`, async () => {
    const invented = new AuditKeys(randomBytes(32), generateKeyPairSync('ed25519').privateKey);
    const unnoticed: object[] = [];
    const before = await Victim.of(admin, service);
    for (let round = 0; round < rounds; round++) {
      const kind = kinds[round % kinds.length]!;
      await admin.query('begin');
      const victim = before.again();
      const expected = await attacks[kind]!({ victim, chance: seeded(seed + round), keys: { stolen: keys, invented } });
      const { intact: passed, first } = await verdictOn(victim);
      await admin.query('rollback');
      if (passed || !isAsExpected(first[0], expected))
        unnoticed.push({ kind, round, expected, first: first.slice(0, 3) });
    }
    expect(unnoticed).toEqual([]);
  }, 300_000);
});

const isAsExpected = (found: object | undefined, expected: object): boolean =>
  found !== undefined &&
  Object.entries(expected).every(([key, value]) => value === undefined || found[key as keyof object] === value);

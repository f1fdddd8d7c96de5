import type { Caller } from '@shidang/access';
import { commonRefusals, Fact, event, type Refusal } from '@shidang/contracts';
import { emptyDatabase, eventually, type SuiteDatabase } from '@shidang/testing';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import {
  audited,
  createKeyFile,
  FileKeyProvider,
  migrateDatabase,
  newId,
  openDatabase,
  Relay,
  scopePolicy,
  tell,
  Vault,
  withRequest,
  Work,
  type OutboxRow,
  type RequestContext,
  type Schema,
  type Sql,
} from './index';
import { Migration } from './migration';

class Migration0002Note extends Migration {
  override up(): void {
    this.addSql(
      `create table note (id uuid primary key, org_path text collate "C" not null, teacher_id uuid not null, words text not null)`,
    );
    this.addSql(`create index note_path on note (org_path)`);
    for (const statement of scopePolicy('note', { teacher: 'teacher_id' })) this.addSql(statement);
  }
}

const schema: Schema = {
  entities: [],
  migrations: async () => ({ migrations: [{ name: '0002-note', migration: Migration0002Note }] }),
};
const noteTaken = event('records.note-taken', Fact);

const schoolPath = '0.33.3311.331102.2133001234.';
const teacherId = newId();
const someone = (over: Partial<Caller>): Caller => ({
  accountId: newId(),
  personId: newId(),
  postId: newId(),
  role: 'informationAdministrator',
  tier: 'county',
  orgPath: '0.33.3311.331102.',
  orgCode: '331102',
  ...over,
});
const county = someone({});
const teacher = someone({ role: 'teacher', tier: 'school', orgPath: schoolPath, orgCode: '2133001234', teacherId });

const directory = mkdtempSync(join(tmpdir(), 'keys-'));
let suite: SuiteDatabase;
let orm: MikroORM;
let work: Work;

beforeAll(async () => {
  suite = await emptyDatabase();
  await migrateDatabase(suite.ownerUrl, schema);
  orm = await openDatabase(suite.appUrl, schema, { throwAway: true });
  const keyFile = join(directory, 'keys.json');
  createKeyFile(keyFile);
  work = new Work(orm, new Vault(new FileKeyProvider(keyFile)));
  await work.as(county, async (_, sql) => {
    await sql(`insert into note values ($1, $2, $3, 'hers')`, [newId(), schoolPath, teacherId]);
    await sql(`insert into note values ($1, $2, $3, 'a colleague''s')`, [newId(), schoolPath, newId()]);
  });
});

afterAll(async () => {
  await orm?.close(true);
  await suite?.drop();
  rmSync(directory, { recursive: true });
});

const wordsSeenBy = (caller: Caller) =>
  work.read(caller, async (_, sql) =>
    (await sql<{ words: string }>(`select words from note order by words`)).map((r) => r.words),
  );

const requestOf = (over: Partial<RequestContext>): RequestContext => ({
  contract: 'records.note.take',
  effect: 'write',
  replay: 'answer',
  idempotencyKey: newId(),
  body: 'same',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  caller: county,
  ...over,
});

const refusalOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'not refused',
    (error: Refusal) => error.body?.code ?? String(error),
  );

describe('scope', () => {
  it('a county sees its schools, a teacher only the own rows', async () => {
    expect(await wordsSeenBy(county)).toHaveLength(2);
    expect(await wordsSeenBy(teacher)).toEqual(['hers']);
  });

  it.each([
    ['a sibling county whose code begins alike', '0.33.3311.33110.'],
    ['a cousin', '0.33.3310.'],
    ['a school below', `${schoolPath}9.`],
    ['no path at all', ''],
  ])('%s sees nothing', async (_, orgPath) => {
    expect(await wordsSeenBy(someone({ orgPath }))).toEqual([]);
  });

  it('a teacher without a record sees nothing', async () => {
    expect(await wordsSeenBy({ ...teacher, teacherId: undefined })).toEqual([]);
  });

  it('settings unset, empty or left over on a pooled connection give zero rows', async () => {
    const pool = new Pool({ connectionString: suite.appUrl, max: 1 });
    const count = async () => Number((await pool.query(`select count(*) from note`)).rows[0].count);
    try {
      expect(await count()).toBe(0);
      await pool.query(
        `begin; select set_config('shidang.low', '0.', true), set_config('shidang.high', '0/', true), set_config('shidang.teacher', '*', true)`,
      );
      expect(await count()).toBe(2);
      await pool.query('commit');
      expect(await count()).toBe(0);
      await pool.query(
        `select set_config('shidang.low', '', false), set_config('shidang.high', '', false), set_config('shidang.teacher', '', false)`,
      );
      expect(await count()).toBe(0);
    } finally {
      await pool.end();
    }
  });

  it('moments come back as Dates, days as text', async () => {
    const [row] = await work.read(county, (_, sql) =>
      sql(`select timestamptz '2016-12-10 08:00+08' as at, date '2016-12-10' as day`),
    );
    expect(row).toEqual({ at: new Date('2016-12-10T00:00:00Z'), day: '2016-12-10' });
  });

  it('a row cannot be written outside the scope', async () => {
    const elsewhere = work.as(county, (_, sql) =>
      sql(`insert into note values ($1, '0.33.3310.', $2, 'x')`, [newId(), newId()]),
    );
    await expect(elsewhere).rejects.toThrow(/row-level security/);
  });

  it('the plan of a scoped read uses the path index', async () => {
    const plan = await work.read(county, async (_, sql) => {
      await sql(`set local enable_seqscan = off`);
      return sql<{ 'QUERY PLAN': string }>(`explain select * from note`);
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Cond: \(\(org_path >= /);
  });
});

describe('what is known beforehand travels together', () => {
  const words = { text: `select words from note where words = $1`, name: 'note-words' };
  const seen = (caller: Caller, text: string) =>
    work.look<[{ words: string }]>(caller, { ...words, params: [text] }).then(([rows]) => rows.length);

  it('in the scope of whoever looks, each in its own', async () => {
    const ours = await Promise.all(
      Array.from({ length: 30 }, (_, i) => seen(i % 2 ? county : teacher, `a colleague's`)),
    );
    expect(ours).toEqual(Array.from({ length: 30 }, (_, i) => i % 2));
    expect(await seen(someone({ orgPath: '' }), 'hers')).toBe(0);
  });

  it('leaves no scope behind on its connection', async () => {
    await Promise.all(Array.from({ length: 12 }, () => work.look(county, { text: 'select 1' })));
    await Promise.all(Array.from({ length: 12 }, () => work.as(county, () => Promise.resolve({}))));
    const bare = await Promise.all(
      Array.from({ length: 12 }, () =>
        orm.em.getConnection().execute<{ n: number }[]>('select count(*)::int as n from note'),
      ),
    );
    expect(new Set(bare.map(([row]) => row?.n))).toEqual(new Set([0]));
  });

  it('never writes', async () => {
    const writing = work.look(county, { text: `update note set words = 'changed' where words = 'hers'` });
    await expect(writing).rejects.toThrow(/read-only transaction/);
    expect(await seen(county, 'hers')).toBe(1);
  });

  it('answers each statement, and a failing one fails all; the connections and what they prepared stay good', async () => {
    const fine = { ...words, params: ['hers'] };
    const [one, none, two] = await work.look<[{ words: string }, object, { words: string }]>(
      county,
      ...([fine, { text: '' }, { ...fine, name: undefined }] as const),
    );
    expect([one, none, two]).toEqual([[{ words: 'hers' }], [], [{ words: 'hers' }]]);
    const failing = { text: `select 1 / ($1::int - 1) as n from note`, name: 'note-divided' };
    for (let i = 0; i < 15; i++) {
      const attempt = work.look(county, { ...failing, params: [1] }, fine);
      await expect(attempt).rejects.toMatchObject({ code: '22012' });
    }
    expect(await work.look<[{ n: number }]>(county, { ...failing, params: [2] })).toEqual([[{ n: 1 }, { n: 1 }]]);
    expect(await seen(county, 'hers')).toBe(1);
  });

  it('a statement that failed and was passed over is noticed at the commit', async () => {
    const passing = (_: unknown, sql: Sql) => sql('select 1 / 0').then(fail, () => 'well');
    const fail = () => Promise.reject(new Error('it did not fail'));
    await expect(work.read(county, passing)).rejects.toThrow('rolled back');
    await expect(work.beyond('jobs', passing)).rejects.toThrow('rolled back');
    expect(await seen(county, 'hers')).toBe(1);
  });

  it('a name stands for one text', async () => {
    await seen(county, 'hers');
    await expect(work.look(county, { text: 'select 2', name: 'note-words' })).rejects.toThrow(
      'stands for another text',
    );
    expect(await seen(county, 'hers')).toBe(1);
  });

  it('a write whose end is refused leaves nothing', async () => {
    const id = newId();
    const broken = work.as(county, async (em, sql) => {
      await sql(`insert into note values ($1, $2, $3, 'never')`, [id, schoolPath, teacherId]);
      // the audit row cannot be written: its reason is no text
      audited(em, { reason: '\u0000' });
      return {};
    });
    await expect(broken).rejects.toThrow();
    expect(await seen(county, 'never')).toBe(0);
  });
});

describe('writes', () => {
  it('leave an audit row in the same transaction, and none when they fail', async () => {
    const count = () =>
      work.read(county, async (_, sql) =>
        Number((await sql<{ n: string }>(`select count(*) n from audit_event`))[0]!.n),
      );
    const before = await count();
    await expect(work.as(county, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await count()).toBe(before);
    await work.as(county, () => Promise.resolve({}));
    expect(await count()).toBe(before + 1);
  });

  it('audit rows cannot be changed or removed by the application', async () => {
    await expect(work.beyond('retention', (_, sql) => sql(`delete from audit_event`))).rejects.toThrow(
      /permission denied/,
    );
    await expect(work.as(county, (_, sql) => sql(`update audit_event set what = ''`))).rejects.toThrow(
      /permission denied/,
    );
  });

  it('asked twice with one Idempotency-Key happen once and give the same answer', async () => {
    const request = requestOf({});
    const take = () =>
      withRequest(request, () =>
        work.as(county, async (_, sql) => {
          const id = newId();
          await sql(`insert into note values ($1, $2, $3, 'idempotent')`, [id, schoolPath, newId()]);
          return { id };
        }),
      );
    const first = await take();
    expect(await take()).toEqual(first);
    expect(await withRequest(request, () => work.replayed(county))).toEqual({ answer: first });
    expect((await wordsSeenBy(county)).filter((w) => w === 'idempotent')).toHaveLength(1);
  });

  it('a key used with another body, or for what is never repeated, is refused', async () => {
    const request = requestOf({ replay: 'never' });
    await withRequest(request, () => work.as(county, () => Promise.resolve({ secret: 1 })));
    expect(await refusalOf(withRequest(request, () => work.replayed(county)))).toBe('request.idempotency_already_done');
    const answered = requestOf({});
    await withRequest(answered, () => work.as(county, () => Promise.resolve({})));
    const other = { ...answered, body: 'other' };
    expect(await refusalOf(withRequest(other, () => work.replayed(county)))).toBe('request.idempotency_other_body');
  });

  it('of a body only a keyed hash is kept, of what is never repeated nothing', async () => {
    const [kept, secret] = [requestOf({ body: 'canary' }), requestOf({ body: 'password', replay: 'never' })];
    for (const request of [kept, secret]) await withRequest(request, () => work.as(county, () => Promise.resolve({})));
    const pool = new Pool({ connectionString: suite.adminUrl, max: 1 });
    const { rows } = await pool.query(`select key, fingerprint from idempotency where key = any($1)`, [
      [kept.idempotencyKey, secret.idempotencyKey],
    ]);
    await pool.end();
    const of = (request: RequestContext) => rows.find((row) => row.key === request.idempotencyKey).fingerprint;
    expect(of(kept)).toMatch(/^[0-9a-f]{64}$/);
    expect(of(kept)).not.toBe(createHash('sha256').update('canary').digest('hex'));
    expect(of(secret)).toBe('');
  });

  it('a twin that is still running is a conflict, not a wait', async () => {
    const request = requestOf({});
    let inside!: () => void;
    let go!: () => void;
    const started = new Promise<void>((resolve) => (inside = resolve));
    const released = new Promise<void>((resolve) => (go = resolve));
    const first = withRequest(request, () =>
      work.as(county, async () => {
        inside();
        await released;
        return {};
      }),
    );
    await started;
    expect(await refusalOf(withRequest(request, () => work.as(county, () => Promise.resolve({}))))).toBe(
      'request.idempotency_in_progress',
    );
    go();
    await first;
  });

  it('a refusal is written down', async () => {
    await withRequest(requestOf({}), () => work.auditRefusal(county, 'records.note.take', commonRefusals.notFound({})));
    const rows = await work.read(county, (_, sql) =>
      sql(`select 1 from audit_event where result = 'request.not_found'`),
    );
    expect(rows).toHaveLength(1);
  });
});

describe('facts', () => {
  const fact = (words: string) => ({ orgPath: schoolPath, words, at: '' });

  it('are told after the commit only, in order per aggregate, once each', async () => {
    const carried: OutboxRow[] = [];
    const relay = new Relay(work, {
      publish: (row) => Promise.resolve(void carried.push(row)),
      onError: () => undefined,
    });
    const aggregate = newId();
    await work.as(county, async (em) => {
      await tell(em, noteTaken, fact('1'), aggregate);
      await tell(em, noteTaken, fact('2'), aggregate);
    });
    const failing = work.as(county, async (em) => {
      await tell(em, noteTaken, fact('never'), aggregate);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await relay.carry()).toBe(2);
    expect(await relay.carry()).toBe(0);
    expect(carried.map((row) => (row.payload as { words: string }).words)).toEqual(['1', '2']);
  });

  it('a fact that could not be published is published at the next turn, and keeps back only its own aggregate', async () => {
    const [stuck, free] = [newId(), newId()];
    await work.as(county, async (em) => {
      await tell(em, noteTaken, fact('stuck'), stuck);
      await tell(em, noteTaken, fact('behind'), stuck);
      await tell(em, noteTaken, fact('free'), free);
    });
    let broken = true;
    const carried: string[] = [];
    const relay = new Relay(work, {
      publish: (row) => {
        if (broken && row.aggregate_id === stuck) return Promise.reject(new Error('no stream'));
        carried.push((row.payload as { words: string }).words);
        return Promise.resolve();
      },
      onError: () => undefined,
    });
    expect(await relay.carry()).toBe(1);
    broken = false;
    expect(await relay.carry()).toBe(2);
    expect(carried).toEqual(['free', 'stuck', 'behind']);
  });

  it('leave as soon as they are committed, long before the relay would look by itself', async () => {
    const carried: string[] = [];
    const relay = new Relay(work, {
      publish: (row) => Promise.resolve(void carried.push((row.payload as { words: string }).words)),
      onError: () => undefined,
      idle: 3_600_000,
    });
    work.onTold(() => relay.hint());
    relay.start();
    try {
      for (const words of ['soon', 'sooner', 'soonest']) {
        await work.as(county, async (em) => void (await tell(em, noteTaken, fact(words), newId())));
        await eventually(() => carried.includes(words), `${words} leaves at once`);
      }
    } finally {
      work.onTold(() => undefined);
      await relay.stop();
    }
  });

  it('are applied once however often they come', async () => {
    const messageId = newId();
    let applied = 0;
    const apply = () =>
      work.once(messageId, { orgPath: schoolPath, at: '' }, 'records-follow-case', () =>
        Promise.resolve(void applied++),
      );
    expect([await apply(), await apply()]).toEqual([true, false]);
    expect(applied).toBe(1);
    await expect(
      work.once(newId(), { orgPath: schoolPath, at: '' }, 'records-follow-case', () =>
        Promise.reject(new Error('later')),
      ),
    ).rejects.toThrow('later');
  });

  it('of a batch only the new ones are applied', async () => {
    const [old, fresh] = [newId(), newId()];
    const seen: string[][] = [];
    const apply = (ids: string[]) =>
      work.onceEach('rollup', ids, 'reporting-follow-cases', (_, __, ids) => Promise.resolve(void seen.push([...ids])));
    await apply([old]);
    await apply([old, fresh]);
    expect(seen).toEqual([[old], [fresh]]);
  });
});

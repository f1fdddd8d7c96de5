import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import {
  asAdmin,
  runOf,
  placeFor,
  readModelOf,
  rebuildHere,
  runningServers,
  startSystem,
  throwAwayDirectory,
  unprivileged,
  until,
  walOf,
  type RunningSystem,
} from '@shidang/dev';
import { Random } from '@shidang/seed';
import { connectAs, drained } from '@shidang/streams';
import { escapeIdentifier } from 'pg';
import { databaseOf } from '../backup/counted-rows';
import { headsIn } from '../backup/saved-heads';
import { takeBackup } from '../backup/take-backup';
import { restoreSystem } from '../restore/restore-system';
import { openSealed } from '../restore/sealed-values';
import { Clerk, logIn } from './clerks';
import { judge, type Verdict, type Written } from './journal';

export interface DrillWish {
  readonly seed: string;
  /** Of writing after the backup. */
  readonly seconds: number;
  readonly say: (line: string) => void;
}

export interface Drilled {
  readonly seed: string;
  readonly moment: string;
  readonly writes: number;
  readonly verdict: Verdict;
  readonly backupBytes: number;
  readonly restoreSeconds: number;
  /** From the disaster to the first answered log-in. */
  readonly outageSeconds: number;
  readonly factsToldAgain: number;
  readonly wrong: readonly string[];
}

/** As safe as in production, so that the drill proves something; segments are finished every two seconds. */
const durable = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', archive_timeout: '2s' };
const start = (dir: string, more: { archive?: string; demo: boolean }) =>
  startSystem({ dir, throwAway: true, port: 0, postgresSettings: durable, env: { LOG_LEVEL: 'warn' }, ...more });

const pause = (seconds: number) => new Promise((wake) => setTimeout(wake, seconds * 1000));

async function archivedSoFar(adminUrl: string, archive: string, cluster: string): Promise<void> {
  const name = await asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name');
    return rows[0]!.name;
  });
  await until(`segment ${name} in the archive`, 60, async () =>
    existsSync(join(walOf(archive, cluster), `${name}.gz`)) ? true : undefined,
  );
}

/** A whole second in the middle of the writing. */
function momentIn(journal: readonly Written[], seed: string): Date {
  const [first, last] = [journal[0]?.sentAt ?? 0, journal.at(-1)?.sentAt ?? 0];
  const share = 0.4 + new Random(`${seed}/moment`).next() * 0.2;
  return new Date(Math.floor((first + (last - first) * share) / 1000) * 1000);
}

async function foundIn(adminUrl: string): Promise<Map<string, number>> {
  const { rows } = await asAdmin(databaseOf(adminUrl, 'records'), (client) =>
    client.query<{ id: string; n: string }>(
      `select id, count(*) as n from (select id from teacher union all select id from entry) made group by 1`,
    ),
  );
  return new Map(rows.map(({ id, n }) => [id, Number(n)]));
}

/** What was registered is a person once, in the registry and in the read model, and has one account. */
async function twice(adminUrl: string): Promise<string[]> {
  const queries: [ServiceName, string, string][] = [
    ['records', 'persons with two records', 'select person_id from teacher group by 1 having count(*) > 1'],
    [
      'identity',
      'teachers with two accounts',
      'select teacher_id from account where teacher_id is not null group by 1 having count(*) > 1',
    ],
    ['review', 'submissions with two cases', 'select submission_id from review_case group by 1 having count(*) > 1'],
  ];
  const found: string[] = [];
  for (const [service, what, query] of queries) {
    const { rowCount } = await asAdmin(databaseOf(adminUrl, service), (client) => client.query(query));
    if (rowCount) found.push(`${rowCount} ${what}`);
  }
  return found;
}

async function stateOf(adminUrl: string, service: ServiceName, tables: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const table of tables) {
    const { rows } = await asAdmin(databaseOf(adminUrl, service), (client) =>
      client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${escapeIdentifier(table)} t ${table === 'rollup' ? 'where n <> 0' : ''} order by 1`,
      ),
    );
    for (const { row } of rows) hash.update(table).update(row);
  }
  return hash.digest('hex');
}

/** Every read model, emptied and told again from the outboxes, must come out as it was. */
async function unlikeRebuilt(system: RunningSystem, say: (line: string) => void): Promise<string[]> {
  const wrong: string[] = [];
  for (const service of serviceNames) {
    const readModel = await readModelOf(service).catch(() => undefined);
    if (!readModel) continue;
    const before = await stateOf(system.adminUrl, service, readModel.tables);
    await rebuildHere(service, say, system.dir);
    if ((await stateOf(system.adminUrl, service, readModel.tables)) !== before)
      wrong.push(`the read model of ${service} is not what its facts say`);
  }
  return wrong;
}

async function outboxes(adminUrl: string): Promise<{ facts: number; untold: number }> {
  const sum = { facts: 0, untold: 0 };
  for (const service of serviceNames) {
    const { rows } = await asAdmin(databaseOf(adminUrl, service), (client) =>
      client.query<{ facts: string; untold: string }>(
        'select count(*) as facts, count(*) filter (where published_at is null) as untold from outbox',
      ),
    );
    sum.facts += Number(rows[0]?.facts);
    sum.untold += Number(rows[0]?.untold);
  }
  return sum;
}

/** Every fact told and taken, and none told because of that. */
async function atRest({ adminUrl, dir }: RunningSystem): Promise<void> {
  const { natsUrl, secrets } = runningServers(dir);
  const connection = await connectAs('operator', natsUrl, secrets.nats.operator);
  try {
    await until('every fact taken', 120, async () => {
      const before = await outboxes(adminUrl);
      if (before.untold > 0 || !(await drained(connection, 5))) return undefined;
      const after = await outboxes(adminUrl);
      return after.facts === before.facts && after.untold === 0 ? true : undefined;
    });
  } finally {
    await connection.close();
  }
}

async function lookAt(system: RunningSystem, journal: readonly Written[], moment: Date, say: (line: string) => void) {
  await atRest(system);
  const verdict = judge(journal, moment.getTime(), await foundIn(system.adminUrl));
  const { opened, closed } = await openSealed(system.adminUrl, system.dir, 2_000);
  const sealed = closed.length > 0 || opened === 0 ? [`${closed.length} sealed values do not open, ${opened} do`] : [];
  const wrong = [...verdict.wrong, ...sealed, ...(await twice(system.adminUrl)), ...(await unlikeRebuilt(system, say))];
  return { verdict, wrong };
}

/** The restore is declared; from then on every audit chain is intact again, and says what was set aside. */
function undeclared(system: RunningSystem, moment: Date, say: DrillWish['say']): string[] {
  const asked = { declare: ['restored', '--to', moment.toISOString(), '--reason', 'drill'], verify: ['verify'] };
  return serviceNames.flatMap((service) => {
    const verb = (args: readonly string[]) =>
      spawnSync(process.execPath, [...runOf(service), 'audit', ...args], {
        env: system.env[service],
        encoding: 'utf8',
      });
    const before = verb(asked.verify);
    verb(asked.declare);
    const after = verb(asked.verify);
    say(
      `audit of ${service}: ${before.status === 1 ? 'cut, as it should say' : 'lost nothing'}; declared: ${after.stdout.trim()}`,
    );
    return after.status === 0 ? [] : [`the audit chain of ${service} is broken: ${after.stdout}${after.stderr}`];
  });
}

/** kill -9 of the postmaster, the rest stopped, its data deleted. */
async function destroy(system: RunningSystem): Promise<void> {
  await system.kill('postgres');
  await system.stop();
  rmSync(join(placeFor(system.dir, unprivileged()), 'postgres'), { recursive: true });
}

/** A system under writes is backed up, destroyed, restored to a second in the middle and compared with what its clients saw. */
export async function drillRestore({ seed, seconds, say }: DrillWish): Promise<Drilled> {
  const home = throwAwayDirectory('restore-drill');
  let running: RunningSystem | undefined;
  try {
    const [dir, archive, to] = ['system', 'archive', 'restored'].map((name) => join(home.dir, name)) as [
      string,
      string,
      string,
    ];
    say(`seed ${seed}: starting a system in ${dir}`);
    const system = (running = await start(dir, { archive, demo: true }));
    const clerks = [await Clerk.at(system.url, `${seed}/1`), await Clerk.at(system.url, `${seed}/2`)];
    const work = Promise.all(clerks.map((clerk) => clerk.work()));
    const keysTo = join(home.dir, 'vault');
    const { backup } = await takeBackup({ adminUrl: system.adminUrl, dir, archive, keysTo, say });
    const since = Date.now();
    await pause(seconds);
    clerks.forEach((clerk) => clerk.stop());
    await work;
    await archivedSoFar(system.adminUrl, archive, backup.cluster);
    const journal = clerks.flatMap((clerk) => clerk.journal).sort((a, b) => a.sentAt - b.sentAt);
    const moment = momentIn(
      journal.filter(({ sentAt }) => sentAt >= since),
      seed,
    );
    say(`${journal.length} writes; destroying it, restoring to ${moment.toISOString()}`);
    const disaster = Date.now();
    await destroy(system);
    const restored = await restoreSystem({ archive, to, moment, headsFrom: headsIn(dir), say });
    const again = (running = await start(to, { demo: false }));
    await logIn(again.url, 'head@2133110001');
    const outageSeconds = (Date.now() - disaster) / 1000;
    const chains = undeclared(again, moment, say);
    const { verdict, wrong } = await lookAt(again, journal, moment, say);
    return {
      ...{
        seed,
        moment: moment.toISOString(),
        writes: journal.length,
        verdict,
        wrong: [...wrong, ...chains],
        outageSeconds,
      },
      backupBytes: backup.packedBytes,
      restoreSeconds: restored.seconds,
      factsToldAgain: restored.inFlight.toldAgain,
    };
  } finally {
    await running?.stop().catch(() => undefined);
    await home.remove();
  }
}

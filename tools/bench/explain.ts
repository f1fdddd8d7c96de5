import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asAdmin, until, type RunningSystem } from '@shidang/dev';
import type { Line } from './lines/line';
import { Shooter } from './load/shooter';
import type { Place } from './place';

/** Tables that grow with the teachers. */
const large = [
  ...['teacher', 'gram', 'entry', 'entry_version', 'submission', 'effective_version'],
  ...[
    'teacher_state',
    'account_state',
    'rollup',
    'person',
    'account',
    'post',
    'session',
    'review_case',
    'case_decision',
  ],
];
const databases = ['identity', 'records', 'reporting'].map((owner) => `shidang_${owner}`);

export interface Plan {
  readonly line: string;
  readonly plans: readonly string[];
  /** Large tables that were read from end to end. */
  readonly scanned: readonly string[];
}

/** Every plan PostgreSQL runs is written to its log, with what came of it: as the application role, under row-level security. */
async function withPlansLogged<T>(adminUrl: string, run: () => Promise<T>): Promise<T> {
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
  };
  const each = (statement: (database: string, name: string, value: string) => string) =>
    asAdmin(adminUrl, async (client) => {
      await client.query(`load 'auto_explain'`);
      for (const database of databases)
        for (const [name, value] of Object.entries(settings)) await client.query(statement(database, name, value));
      // pools connect again, and so begin and stop logging
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1)`, [databases]);
    });
  await each((database, name, value) => `alter database ${database} set ${name} = '${value}'`);
  try {
    return await run();
  } finally {
    await each((database, name) => `alter database ${database} reset ${name}`);
  }
}

/** Blocks of the log that hold a plan; one statement is told once. */
function plansIn(log: string): string[] {
  const blocks = log.split(/^(?=\d{4}-\d\d-\d\d .*?LOG: )/m).filter((block) => block.includes('Query Text:'));
  const plans = blocks.map((block) => block.slice(block.indexOf('Query Text:') + 12).replace(/^\t/gm, ''));
  const told = plans.filter((plan) => large.some((table) => new RegExp(` on ${table}\\b`).test(plan)));
  return [...new Map(told.map((plan) => [plan.slice(0, 200), plan])).values()];
}

const scannedIn = (plans: readonly string[]): string[] =>
  plans
    .flatMap((plan) => [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table!))
    .filter((table) => large.includes(table));

/** Asks each line a few times and reads what PostgreSQL did. */
export async function explained(system: RunningSystem, place: Place, lines: readonly Line[]): Promise<Plan[]> {
  const log = join(system.dir, 'logs/postgres.log');
  return withPlansLogged(system.adminUrl, async () => {
    const found: Plan[] = [];
    for (const line of lines) {
      const from = statSync(log).size;
      const { shots } = await line.ours(place);
      const ask = async () => {
        const shooter = new Shooter(place.port);
        const { status } = await shooter.shoot(shots[0]!, { round: 0, etag: shots[0]!.etag });
        shooter.close();
        return status < 500;
      };
      // the first finds connections that were ended
      await until(line.key, 20, async () => ((await ask()) ? true : undefined));
      await ask();
      const plans = plansIn(readFileSync(log).subarray(from).toString());
      found.push({ line: line.key, plans, scanned: scannedIn(plans) });
    }
    return found;
  });
}

export const explainedText = (plans: readonly Plan[]): string =>
  plans
    .map(({ line, plans, scanned }) => {
      const verdict =
        scanned.length === 0 ? 'no large table read from end to end' : `READ FROM END TO END: ${scanned.join(', ')}`;
      return [`### ${line}: ${verdict}`, ...plans.map((plan) => `\`\`\`\n${plan.trim()}\n\`\`\``)].join('\n\n');
    })
    .join('\n\n');

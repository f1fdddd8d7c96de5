import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { escapeLiteral } from 'pg';
import { serviceNames } from '@shidang/contracts';
import { asAdmin, inDatabase } from '../provide/roles';
import { fromRoot } from '../workspace';
import { keyFileOf } from './secrets';

export const scales = ['s', 'm', 'l', 'county', 'district', 'xl'] as const;
export type Scale = (typeof scales)[number];

/** What tools/seed/demo-accounts.ts exports as `demoAccounts`. */
export interface DemoAccount {
  readonly account: string;
  readonly password: string;
  readonly role: string;
  readonly organisation: string;
}

const seedMain = fromRoot('dist/tools/seed/main.js');
const accountsFile = fromRoot('dist/tools/seed/demo-accounts.js');

/** The mark lies on the database itself: it comes and goes with the data. */
async function mark(adminUrl: string): Promise<string | undefined> {
  const { rows } = await asAdmin(adminUrl, (client) =>
    client.query<{ mark: string | null }>(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = 'shidang_identity'`,
    ),
  );
  return rows[0]?.mark ?? undefined;
}

async function seedEnvironment(dir: string, adminUrl: string): Promise<NodeJS.ProcessEnv> {
  const entries = await Promise.all(
    serviceNames.map(async (service) => [
      [`SEED_DATABASE_URL_${service.toUpperCase()}`, inDatabase(adminUrl, `shidang_${service}`)],
      [`KEY_FILE_${service.toUpperCase()}`, await keyFileOf(dir, service)],
    ]),
  );
  return { PATH: process.env['PATH'], ...(Object.fromEntries(entries.flat()) as Record<string, string>) };
}

/**
 * Fills the owners' tables and their outboxes, once per database; the other services get theirs by consuming. The seeder works as superuser: rows
 * of every scope are beyond the owner too (forced row-level security).
 */
export async function seedDemo(
  dir: string,
  adminUrl: string,
  { scale, share = 1 }: { scale: Scale; share?: number },
  say: (line: string) => void,
): Promise<void> {
  const seeded = await mark(adminUrl);
  if (seeded !== undefined) {
    if (seeded !== `demo ${scale}`)
      say(`keeping the data that is there (${seeded}); -- --fresh --scale ${scale} starts over`);
    return;
  }
  if (!existsSync(seedMain)) {
    say('no demo: tools/seed is not built');
    return;
  }
  say(`seeding the Lishui demo, scale ${scale}`);
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [seedMain, '--scale', scale, '--share', String(share)],
      {
        cwd: fromRoot(),
        env: await seedEnvironment(dir, adminUrl),
        maxBuffer: 16e6,
      },
    );
    say(stdout.trim());
  } catch (failure) {
    const { stderr, message } = failure as { stderr?: string; message: string };
    throw new Error(`seeding failed: ${stderr?.slice(-4000) || message}`);
  }
  await asAdmin(adminUrl, (client) =>
    client.query(`comment on database shidang_identity is ${escapeLiteral(`demo ${scale}`)}`),
  );
}

export async function demoAccounts(): Promise<readonly DemoAccount[]> {
  if (!existsSync(accountsFile)) return [];
  const module = (await import(accountsFile)) as { demoAccounts?: readonly DemoAccount[] };
  return module.demoAccounts ?? [];
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServiceName } from '@shidang/contracts';
import { escapeLiteral } from 'pg';
import { asAdmin } from '../provide/roles';
import { fromRoot } from '../workspace';
import { mainOf, runOf } from './run-of';

/** The service's own `migrate` verb, as the owner of its tables; the running service never gets this URL. */
export async function migrate(service: ServiceName, environment: NodeJS.ProcessEnv, ownerUrl: string): Promise<void> {
  if (!existsSync(mainOf(service))) throw new Error(`${mainOf(service)} is not built`);
  try {
    await promisify(execFile)(process.execPath, [...runOf(service), 'migrate'], {
      cwd: fromRoot(),
      env: { ...environment, MIGRATION_DATABASE_URL: ownerUrl },
      timeout: 120_000,
    });
  } catch (failure) {
    const { stderr, stdout, message } = failure as { stderr?: string; stdout?: string; message: string };
    throw new Error(
      `migrating ${service} failed: ${[stderr, stdout].filter(Boolean).join('\n').slice(-4000) || message}`,
    );
  }
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith('.js') || path.endsWith('.sql') ? [path] : [];
  });
}

/** Of all code a migration could use: the service's own and the libs'. */
export function codeHash(service: ServiceName): string {
  const hash = createHash('sha256');
  for (const path of [fromRoot('dist/apps', service), fromRoot('dist/libs')].flatMap(filesBelow).sort()) {
    hash.update(path.slice(fromRoot().length)).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** As `migrate`, but not when this very code has migrated this database before: five processes less at every later start. */
export async function migrateOnce(
  service: ServiceName,
  environment: NodeJS.ProcessEnv,
  ownerUrl: string,
): Promise<void> {
  const mark = `migrated by ${codeHash(service)}`;
  const marked = await asAdmin(ownerUrl, (client) =>
    client.query<{ mark: string | null }>(`select obj_description('public'::regnamespace) as mark`),
  );
  if (marked.rows[0]?.mark === mark) return;
  await migrate(service, environment, ownerUrl);
  await asAdmin(ownerUrl, (client) => client.query(`comment on schema public is ${escapeLiteral(mark)}`));
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServiceName } from '@shidang/contracts';
import { escapeLiteral } from 'pg';
import { asAdmin } from '../provide/roles';
import { fromRoot } from '../workspace';

const isUnbundled = (): boolean => process.env['SHIDANG_UNBUNDLED'] === '1';

/** The bundle of tools/dev/build-services.mjs; `SHIDANG_UNBUNDLED=1`: the same file by file, so that a profile names them. */
const mainOf = (app: string): string =>
  isUnbundled() ? fromRoot('dist/apps', app, 'src/main.js') : fromRoot('dist/services', `${app}.js`);

/** What Node is given to run an app, or with one of its verbs behind it; what was compiled of a bundle is kept between starts (ADR 0137). */
export const runOf = (app: string): string[] => [
  ...(isUnbundled() ? ['--enable-source-maps'] : ['--require', fromRoot('dist/tools/dev/preload/kept-code.js')]),
  mainOf(app),
];

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

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ServiceName } from '@shidang/contracts';
import { fromRoot } from '../workspace';

export const mainOf = (app: string): string => fromRoot('dist/apps', app, 'src/main.js');

/** The service's own `migrate` verb, as the owner of its tables; the running service never gets this URL. */
export async function migrate(service: ServiceName, environment: NodeJS.ProcessEnv, ownerUrl: string): Promise<void> {
  if (!existsSync(mainOf(service))) throw new Error(`${mainOf(service)} is not built`);
  try {
    await promisify(execFile)(process.execPath, [mainOf(service), 'migrate'], {
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

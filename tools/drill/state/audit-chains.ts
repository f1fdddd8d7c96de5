import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { runOf, type RunningSystem } from '@shidang/dev';
import type { Violation } from '../check/violation';

interface Verified {
  readonly first: readonly { readonly row?: string; readonly why: string }[];
}

/** `audit verify` as an operator runs it: exit code 1 = tampered. */
async function verified(service: ServiceName, { env }: RunningSystem): Promise<Verified> {
  const run = promisify(execFile)(process.execPath, [...runOf(service), 'audit', 'verify', '--json'], {
    env: env[service],
  });
  const { stdout } = await run.catch((failure: { code?: number; stdout: string; stderr: string }) => {
    if (failure.code === 1) return failure;
    throw new Error(`audit verify of ${service}: ${failure.stderr}`);
  });
  return JSON.parse(stdout) as Verified;
}

/** What each service's audit chain says against itself (T2). */
export async function chainViolations(system: RunningSystem): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const service of serviceNames)
    for (const { row, why } of (await verified(service, system)).first)
      found.push({ check: 'audit-chain', says: `${service}: ${why}${row ? `, first row ${row}` : ''}` });
  return found;
}

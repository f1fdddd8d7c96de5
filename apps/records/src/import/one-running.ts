import type { Caller } from '@shidang/access';
import { importRefusals } from '@shidang/contracts';
import type { Sql, Work } from '@shidang/persistence';

async function runningIn(sql: Sql, orgPath: string): Promise<string | undefined> {
  const [running] = await sql<{ id: string }>(
    `select id from import where org_path = $1 and state in ('uploaded', 'checking', 'committing', 'undoing') limit 1`,
    [orgPath],
  );
  return running?.id;
}

/** An organisation has one import running: two would write over each other. */
export async function refuseWhileBusy(sql: Sql, orgPath: string): Promise<void> {
  const importId = await runningIn(sql, orgPath);
  if (importId) throw importRefusals.busy({ importId });
}

const isSecond = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'import_one_running';

/** Of two at the same moment both see nothing running; the unique index decides, and the second is told like any other. */
export async function refusingSecond<T>(work: Work, caller: Caller, importId: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isSecond(error)) throw error;
    const running = await work.read(caller, (_, sql) => runningIn(sql, caller.orgPath));
    throw importRefusals.busy({ importId: running ?? importId });
  }
}

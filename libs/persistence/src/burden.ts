import { timeIn } from './audit-chain/stored-blocks';
import type { Work } from './work';

/** What waits in a database and what goes on in it, for the metrics. */
export interface Burden {
  /** Facts that have not left yet (at most `mostCounted`), and for how long the oldest has waited. */
  readonly untold: number;
  readonly untoldSeconds: number;
  /** Messages set aside and not replayed. */
  readonly deadLetters: number;
  readonly commits: number;
  readonly rollbacks: number;
  readonly deadlocks: number;
  /** Sessions of this service's role that wait for a lock. */
  readonly lockWaits: number;
  readonly bytes: number;
}

const mostCounted = 10_000;

const outbox = {
  name: 'burden-outbox',
  text: `select (select count(*)::int from (select from outbox where published_at is null limit ${mostCounted}) as some) as untold,
      (select id from outbox where published_at is null order by id limit 1) as oldest,
      xact_commit::float8 as commits, xact_rollback::float8 as rollbacks, deadlocks::float8 as deadlocks,
      (select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as lock_waits,
      pg_database_size(current_database())::float8 as bytes
    from pg_stat_database where datname = current_database()`,
} as const;
const letters = {
  name: 'burden-letters',
  text: `select count(*)::int as waiting from dead_letter where replayed_at is null`,
} as const;

interface OutboxRow {
  untold: number;
  oldest: string | null;
  commits: number;
  rollbacks: number;
  deadlocks: number;
  lock_waits: number;
  bytes: number;
}

export async function burdenOf(work: Work): Promise<Burden> {
  const [row] = await work.lookBeyond<OutboxRow>('relay', outbox);
  const [aside] = await work.lookBeyond<{ waiting: number }>('dead-letters', letters);
  const { untold, oldest, commits, rollbacks, deadlocks, lock_waits: lockWaits, bytes } = row!;
  const untoldSeconds = oldest ? Math.max(0, (Date.now() - timeIn(oldest)) / 1_000) : 0;
  return { untold, untoldSeconds, deadLetters: aside!.waiting, commits, rollbacks, deadlocks, lockWaits, bytes };
}

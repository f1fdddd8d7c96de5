import type { Backlog } from '@shidang/bus';
import { burdenOf, type Burden, type Work } from '@shidang/persistence';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Counter, Gauge } from 'prom-client';
import type { Metrics } from './metrics';
import { shared } from './within';

interface Asked {
  readonly work: Work;
  readonly backlog: () => Promise<Backlog[]>;
  /** File of the heads of the audit chain: its disk must not fill up. */
  readonly headsFile: string;
}

/** What waits in the outbox, among the dead letters and in the streams; PostgreSQL as this service sees it. Asked when somebody looks. */
export function showBurden(metrics: Metrics, { work, backlog, headsFile }: Asked): void {
  const burden = shared(() => burdenOf(work));
  showDatabase(metrics, burden);
  showPool(metrics, work);
  showBacklog(metrics, shared(backlog));
  new Gauge({
    name: 'shidang_heads_disk_free_ratio',
    help: 'Free share of the disk the heads of the audit chain are appended to',
    registers: [metrics.registry],
    async collect() {
      const disk = await statfs(dirname(headsFile)).catch(() => undefined);
      if (disk) this.set(disk.bavail / disk.blocks);
    },
  });
}

function showDatabase({ registry }: Metrics, burden: () => Promise<Burden | undefined>): void {
  const gauge = (name: string, help: string, read: (burden: Burden) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const now = await burden();
        if (now) this.set(read(now));
      },
    });
  gauge('shidang_outbox_waiting', 'Facts that have not left yet, at most 10000', ({ untold }) => untold);
  gauge(
    'shidang_outbox_oldest_seconds',
    'How long the oldest fact has waited for the relay',
    ({ untoldSeconds }) => untoldSeconds,
  );
  gauge(
    'shidang_dead_letters_waiting',
    'Messages set aside and neither replayed nor dropped',
    ({ deadLetters }) => deadLetters,
  );
  gauge(
    'shidang_postgres_lock_waits',
    "Sessions of this service's role that wait for a lock",
    ({ lockWaits }) => lockWaits,
  );
  gauge('shidang_postgres_bytes', "Size of this service's database", ({ bytes }) => bytes);
  const counter = (name: string, help: string, read: (burden: Burden) => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      async collect() {
        const now = await burden();
        if (!now) return;
        this.reset();
        this.inc(read(now));
      },
    });
  counter('shidang_postgres_commits_total', 'Transactions committed in the database', ({ commits }) => commits);
  counter('shidang_postgres_rollbacks_total', 'Transactions rolled back', ({ rollbacks }) => rollbacks);
  counter('shidang_postgres_deadlocks_total', 'Deadlocks PostgreSQL broke', ({ deadlocks }) => deadlocks);
}

function showPool({ registry }: Metrics, work: Work): void {
  new Gauge({
    name: 'shidang_pool_connections',
    help: 'Connections of this process: used, free, and transactions waiting for one',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(work.pool())) this.set({ state }, count);
    },
  });
}

function showBacklog({ registry }: Metrics, backlog: () => Promise<Backlog[] | undefined>): void {
  const gauge = (name: string, help: string, read: (one: Backlog) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['durable'] as const,
      registers: [registry],
      async collect() {
        for (const one of (await backlog()) ?? []) this.set({ durable: one.durable }, read(one));
      },
    });
  gauge('shidang_durable_pending', 'Facts not delivered yet, by durable', ({ pending }) => pending);
  gauge('shidang_durable_under_way', 'Facts delivered and not acknowledged, by durable', ({ underWay }) => underWay);
  gauge(
    'shidang_durable_redelivered',
    'Facts under way that were delivered before, by durable',
    ({ redelivered }) => redelivered,
  );
}

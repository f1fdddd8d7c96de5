import type { ChainFlaw } from '@shidang/contracts';
import type { Sql, Work } from '@shidang/persistence';
import { Gauge } from 'prom-client';
import type { Metrics } from './metrics';
import { shared } from './within';

/** A row of `audit_check`: what whichever replica came first found. */
export interface LastCheck extends Record<string, unknown> {
  at: Date;
  state: 'intact' | 'tampered';
  from_sequence: number;
  to_sequence: number;
  rows: number;
  bad: ChainFlaw | null;
}

export async function lastCheck(sql: Sql): Promise<LastCheck | undefined> {
  const [check] = await sql<LastCheck>(
    `select at, state, from_sequence::float8 as from_sequence, to_sequence::float8 as to_sequence, rows::float8 as rows, bad
     from audit_check order by id desc limit 1`,
    [],
    'audit-last-check',
  );
  return check;
}

/** Told by every replica alike, whichever of them made the check; nothing is told before the first. */
export function showLastCheck(metrics: Metrics, work: Work): void {
  const last = shared(() => work.beyond('audit-chain', (_, sql) => lastCheck(sql)));
  new Gauge({
    name: 'shidang_audit_chain_intact',
    help: '1 = the last check found the newest rows, the file and the keeper of heads in agreement; 0 = tampered',
    registers: [metrics.registry],
    async collect() {
      const check = await last();
      this.remove();
      if (check) this.set(check.state === 'intact' ? 1 : 0);
    },
  });
  metrics.showAge(
    'shidang_audit_check_age_seconds',
    'How long ago the audit chain was checked: every hour',
    async () => {
      const check = await last();
      return check && Math.max(0, (Date.now() - check.at.getTime()) / 1_000);
    },
  );
}

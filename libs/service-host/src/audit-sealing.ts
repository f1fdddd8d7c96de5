import { faultWords } from '@shidang/bus';
import type { ServiceName } from '@shidang/contracts';
import {
  AuditSealer,
  newId,
  queueOf,
  verifyChain,
  waitedSeconds,
  type ChainVerdict,
  type Vault,
  type Work,
} from '@shidang/persistence';
import { setTimeout } from 'node:timers/promises';
import { Counter, Gauge } from 'prom-client';
import type { Logger } from 'pino';
import type { AuditHeads } from './audit-heads';
import { showLastCheck } from './last-check';
import type { Metrics } from './metrics';
import { within } from './within';

export interface AuditParts {
  service: ServiceName;
  work: Work;
  vault: Vault;
  heads: AuditHeads;
}

/** Rows the service checks by itself every hour; `audit verify` reads them all. */
export const checkedRows = 200_000;
const checkMinutes = 60;
/** Fast enough for a keeper that starts a little later, slow enough for one that is down. */
const checkAgainMilliseconds = 10_000;

/** The verdict on the chain of this database, with the file and the keeper of its heads. Throws when one cannot be asked. */
export async function verdictOf({ service, work, vault, heads }: AuditParts, newest?: number): Promise<ChainVerdict> {
  const outside = await heads.outside();
  return work.snapshot('audit-chain', (_, sql) =>
    verifyChain(sql, { service, keys: vault.auditKeys, outside, newest }),
  );
}

/** The verdict, kept in `audit_check` for the auditor's page and the doctor. */
export async function checkedChain(parts: AuditParts, newest?: number): Promise<ChainVerdict> {
  const verdict = await verdictOf(parts, newest);
  const { intact, from, to, rows, first } = verdict;
  const bad = first[0] ? JSON.stringify(first[0]) : null;
  await parts.work.beyond('audit-chain', (_, sql) =>
    sql(`insert into audit_check (id, state, from_sequence, to_sequence, rows, bad) values ($1, $2, $3, $4, $5, $6)`, [
      newId(),
      intact ? 'intact' : 'tampered',
      from,
      to,
      rows,
      bad,
    ]),
  );
  return verdict;
}

/** Heads are told when there are new ones, and so often without: whoever keeps them may have lost some. */
const tellAgainMilliseconds = 10_000;

/** Seals, tells and checks the audit of one service beside its handlers (T2). What goes wrong is tried again and measured. */
export class AuditSealing {
  private readonly stopping = new AbortController();
  private running?: Promise<unknown>;
  private checkFrom = 0;
  /** The last block as last seen, and as it was when heads were last told. */
  private tip?: number;
  private toldTip?: number;
  private tellFrom = 0;
  private readonly said = new Map<string, string>();
  private readonly sealer: AuditSealer;
  private readonly sealed: Counter;
  private readonly takenAway: Counter;
  private readonly told: Gauge;

  constructor(
    private readonly parts: AuditParts,
    private readonly options: { metrics: Metrics; logger: Logger; rest: number },
  ) {
    const registers = [options.metrics.registry];
    const { work, vault, service } = parts;
    this.sealer = new AuditSealer(work, vault.auditKeys, service);
    this.sealed = new Counter({
      name: 'shidang_audit_sealed_total',
      help: 'Audit rows this process has sealed',
      registers,
    });
    this.takenAway = new Counter({
      name: 'shidang_audit_taken_away_total',
      help: 'Audit rows this process had committed and that somebody took out of the queue before they were sealed',
      registers,
    });
    this.told = new Gauge({
      name: 'shidang_audit_heads_told',
      help: '1 = all heads are in the file and with their keeper; 0 = one of the two did not take the last',
      registers,
    });
    showLastCheck(options.metrics, work);
    new Gauge({
      name: 'shidang_audit_unsealed_seconds',
      help: 'How long the oldest audit row has waited for its seal; beyond 5 the sealer is late',
      registers,
      async collect() {
        const queue = within(work.beyond('audit-chain', (_, sql) => queueOf(sql, 1)));
        this.set(waitedSeconds(await queue.catch(() => [])));
      },
    });
  }

  /** Before the first handler runs. A keeper that does not answer must not hold up the seals: two loops. */
  async start(): Promise<void> {
    await this.parts.work.committed.begin(this.parts.work);
    this.running = Promise.all([this.again(() => this.seal()), this.again(() => this.tellAndCheck())]);
  }

  /** After the last handler: nothing this process committed is left to wait for another one. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.seal();
  }

  private async seal(): Promise<void> {
    const { work } = this.parts;
    const isQuiet = { yes: false };
    await this.tried('seal', async () => {
      const { sequence, isWaiting } = await this.sealer.look();
      isQuiet.yes = !isWaiting && work.committed.passOver(sequence);
      if (isWaiting) this.sealed.inc(await this.sealer.sealAll());
      this.tip = isWaiting ? undefined : sequence;
    });
    if (isQuiet.yes) return;
    await this.tried('committed rows', async () => {
      const gone = await work.committed.meet(work);
      this.takenAway.inc(gone.length);
      if (gone.length > 0) this.options.logger.error({ auditChain: 'taken away before they were sealed', rows: gone });
    });
  }

  private async again(step: () => Promise<unknown>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await step();
      await setTimeout(this.options.rest, undefined, { signal }).catch(() => undefined);
    }
  }

  private async tellAndCheck(): Promise<void> {
    await this.tell();
    if (Date.now() < this.checkFrom) return;
    this.checkFrom = Date.now() + checkAgainMilliseconds;
    await this.tried('check', () => this.check());
  }

  private async tell(): Promise<void> {
    const { tip } = this;
    if (tip !== undefined && tip === this.toldTip && Date.now() < this.tellFrom) return;
    const isTold = await this.tried('heads', () => this.parts.heads.tell());
    this.told.set(isTold ? 1 : 0);
    this.toldTip = isTold ? tip : undefined;
    this.tellFrom = Date.now() + tellAgainMilliseconds;
  }

  /** Once an hour, by whichever replica comes first. */
  private async check(): Promise<void> {
    const { work } = this.parts;
    const recent = await work.beyond('audit-chain', (_, sql) =>
      sql(`select from audit_check where at > now() - make_interval(mins => $1) limit 1`, [checkMinutes]),
    );
    if (recent.length > 0) return;
    const { intact, first } = await checkedChain(this.parts, checkedRows);
    if (!intact) this.options.logger.error({ auditChain: 'tampered', first: first[0] });
  }

  private async tried(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.said.delete(what);
      return true;
    } catch (error) {
      const { words } = faultWords(error);
      // once, not every two seconds while the keeper is down
      if (words !== this.said.get(what)) this.options.logger.warn({ auditChain: `${what}: ${words}` });
      this.said.set(what, words);
      return false;
    }
  }
}

import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot, startSystem, type RunningSystem, type SystemWish } from '@shidang/dev';
import { demoPassword } from '@shidang/seed';
import { logIn, rest, type Client, type ClientPlace } from './client/client';
import { check } from './check/check';
import type { Violation } from './check/violation';
import type { Drill, Drilling } from './drill';
import { Journal } from './journal/journal';
import { operationsOf, type Operation } from './journal/operation';
import { crewAccounts, crewOf, work } from './lane/crew';
import { progressOf } from './state/progress';
import type { FinalState } from './state/final-state';
import { readState } from './state/read-state';
import {
  lanesBack,
  recoveries,
  recoverySeconds,
  settledSeconds,
  summary,
  tooSlow,
  type Recovery,
  type Verdict,
} from './verdict';

export interface RunWish {
  readonly seed: string;
  readonly minutes?: number;
  readonly seconds?: number;
  /** Milliseconds a client rests between two operations. */
  readonly pause?: number;
  readonly say: (line: string) => void;
}

const pauseMilliseconds = 60;
const firstSight = 60_000;

/** One drill: a system of its own, clients of every kind, its faults, then the verdict over journal and final state. */
class Run {
  readonly journal: Journal;
  private closing = false;
  private giveUpAt = Infinity;
  private readonly clients = new Map<string, Client>();
  private lanes: readonly Promise<void>[] = [];
  private since = new Date();
  private state?: FinalState;

  constructor(
    private readonly drill: Drill,
    private readonly wish: RunWish,
    private readonly system: RunningSystem,
    dir: string,
  ) {
    this.journal = new Journal(join(dir, 'journal.jsonl'));
  }

  async verdict(): Promise<readonly Violation[]> {
    await this.enter();
    this.begin();
    const drilling: Drilling = {
      system: this.system,
      seed: this.wish.seed,
      milliseconds: (this.wish.minutes ?? this.drill.minutes) * 60_000,
      seconds: this.wish.seconds ?? 30,
      journal: this.journal,
      since: this.since,
      check: () => this.look(),
      say: this.wish.say,
    };
    const own = await this.drill.faults(drilling);
    const lastFault = Date.now();
    const recovered = await this.recovered(lastFault);
    this.wish.say(wordsOf(recovered));
    await this.end(lastFault);
    const { found, after } = await this.settled(lastFault);
    this.wish.say(
      `${summary(this.operations())}; ${found.length} violations ${after.toFixed(1)} s after the last fault`,
    );
    return [...own, ...tooSlow(this.operations(), lastFault), ...found, ...(await this.afterwards(drilling))];
  }

  private async afterwards(drilling: Drilling): Promise<readonly Violation[]> {
    if (!this.drill.afterwards) return [];
    const own = await this.drill.afterwards(drilling);
    return this.drill.leavesDamage ? own : [...own, ...(await this.settled(Date.now())).found];
  }

  /** For whoever looks at a failure: what was found, and all that it was found in. */
  keep(dir: string, violations: readonly Violation[]): void {
    cpSync(join(this.system.dir, 'logs'), join(dir, 'logs'), { recursive: true });
    writeFileSync(join(dir, 'violations.json'), JSON.stringify(violations, null, 2));
    if (this.state) writeFileSync(join(dir, 'state.json'), JSON.stringify(this.state));
  }

  private get place(): ClientPlace {
    const { journal } = this;
    return { url: this.system.url, journal, closing: () => this.closing, giveUpAt: () => this.giveUpAt };
  }

  private client(account: string): Client {
    const client = this.clients.get(account);
    if (!client) throw new Error(`${account} is not one of crewAccounts`);
    return client;
  }

  private operations = (): Operation[] => operationsOf(this.journal.attempts);

  /** What the demo told is consumed first: the checks must find nothing before a fault. */
  private async enter(): Promise<void> {
    for (const account of crewAccounts) this.clients.set(account, await logIn(this.place, account, demoPassword));
    const { found } = await this.settled(Date.now(), firstSight / 1000);
    if (found.length > 0)
      throw new Error(`the checks find this before any fault: ${JSON.stringify(found.slice(0, 5))}`);
    this.since = new Date();
  }

  private begin(): void {
    const today = new Date().toISOString().slice(0, 10);
    const lanes = crewOf((account) => this.client(account), this.wish.seed, today);
    this.lanes = lanes.map((lane) =>
      work(lane, this.wish.seed, () => this.closing, this.wish.pause ?? pauseMilliseconds),
    );
    for (const lane of this.lanes) lane.catch(() => undefined);
  }

  /** Work goes on until every lane has succeeded again, or the time for it is over. */
  private async recovered(lastFault: number): Promise<Recovery[]> {
    for (;;) {
      const operations = this.operations();
      const late = Date.now() > lastFault + (recoverySeconds + 5) * 1000;
      if (late || lanesBack(operations, lastFault) >= this.lanes.length) return recoveries(operations, lastFault);
      await rest(200);
    }
  }

  /** Lanes finish the operation they are in; what nobody answers by then stays unknown. */
  private async end(lastFault: number): Promise<void> {
    this.closing = true;
    this.giveUpAt = Math.max(Date.now() + 5_000, lastFault + recoverySeconds * 1000);
    await Promise.all(this.lanes);
    await this.journal.close();
  }

  private async settled(from: number, seconds = settledSeconds): Promise<{ found: Violation[]; after: number }> {
    for (;;) {
      const found = await this.look().catch((failure: Error) => [{ check: 'look', says: failure.message }]);
      const after = (Date.now() - from) / 1000;
      if (found.length === 0 || after > seconds) return { found, after };
      await rest(500);
    }
  }

  private async look(): Promise<Violation[]> {
    const progress = await progressOf((account) => this.client(account));
    this.state = await readState(this.system.adminUrl, this.since, progress);
    return check(this.operations(), this.state);
  }
}

const wordsOf = (recovered: readonly Recovery[]): string =>
  `back after the last fault: ${recovered.map(({ contract, seconds }) => `${contract} ${seconds?.toFixed(1) ?? '–'} s`).join(', ')}`;

const settings = { LOG_LEVEL: 'warn', URGING_QUIET_HOURS: 'off', BATCH_HOLD_SECONDS: '2' };

const systemWish = (drill: Drill, say: RunWish['say']): SystemWish => ({
  throwAway: true,
  scale: 's',
  port: 0,
  ...drill.system,
  env: { ...settings, ...drill.system?.env },
  say: (line) => (/ended|again/.test(line) ? undefined : say(line)),
});

async function drilled(drill: Drill, wish: RunWish, system: RunningSystem, dir: string): Promise<readonly Violation[]> {
  const run = new Run(drill, wish, system, dir);
  const violations = await run.verdict().catch((failure: Error) => [{ check: 'drill', says: failure.stack ?? '' }]);
  if (violations.length > 0) run.keep(dir, violations);
  return violations;
}

/** Runs it; journal, logs and state of a failure stay in `.local/drills/<name>-<seed>`. */
export async function runDrill(drill: Drill, wish: RunWish): Promise<Verdict> {
  const { seed, say } = wish;
  const dir = fromRoot('.local/drills', `${drill.name}-${seed}`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const prepared = await (drill.prepare ?? ((plain) => Promise.resolve({ wish: plain, undo: async () => undefined })))(
    systemWish(drill, say),
  );
  if ('skipped' in prepared) return { drill: drill.name, seed, violations: [], skipped: prepared.skipped };
  const system = await startSystem(prepared.wish);
  let violations: readonly Violation[];
  try {
    violations = await drilled(drill, wish, system, dir);
  } finally {
    await system.stop();
    await prepared.undo();
  }
  for (const { check: name, op, says } of violations.slice(0, 20)) say(`  ${name}${op ? ` ${op}` : ''}: ${says}`);
  if (violations.length === 0) rmSync(dir, { recursive: true, force: true });
  else say(`  ${violations.length} violations; journal, logs and state: ${dir}`);
  return { drill: drill.name, seed, violations };
}

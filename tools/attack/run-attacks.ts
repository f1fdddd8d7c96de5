import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot, startSystem, type RunningSystem } from '@shidang/dev';
import { demoAccounts } from '@shidang/seed';
import type { Attack, Attacking, Found } from './attack';
import { Asker } from './door/asker';

export interface Wish {
  readonly seed: string;
  readonly requests: number;
  readonly minutes: number;
  readonly say: (line: string) => void;
}

export interface Verdict extends Found {
  readonly attack: string;
  readonly seconds: number;
}

/** Nobody is turned away for asking often: that is for `storm`, and hides what this looks for. */
const settings = {
  LOG_LEVEL: 'info',
  TRUSTED_PROXIES: '127.0.0.1',
  ACCOUNT_BURST: '1000000',
  ACCOUNT_PER_SECOND: '100000',
  PROVINCE_BURST: '1000000',
  PROVINCE_PER_SECOND: '100000',
};

async function loggedIn(url: string): Promise<Asker[]> {
  const askers = demoAccounts.map(({ account, password }) => new Asker(url, account, password));
  for (const asker of askers) if (!(await asker.logIn())) throw new Error(`${asker.loginName} cannot log in`);
  return askers;
}

/** What was found, with the logs it was found beside. */
function keep(system: RunningSystem, { attack, violations }: Verdict, seed: string): string {
  const dir = fromRoot('.local/attacks', `${attack}-${seed}`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'violations.json'), JSON.stringify(violations, null, 2));
  cpSync(join(system.dir, 'logs'), join(dir, 'logs'), { recursive: true });
  return dir;
}

const wordsOf = (figures: Found['figures']): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

async function one(attack: Attack, wish: Wish, system: RunningSystem, askers: readonly Asker[]): Promise<Verdict> {
  const { seed, requests, minutes } = wish;
  wish.say(`\n── ${attack.name} (seed ${seed}): ${attack.says}`);
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  const attacking: Attacking = {
    system,
    askers,
    seed,
    requests,
    milliseconds: minutes * 60_000,
    say: (line) => wish.say(`${seconds().toFixed(1).padStart(6)} s  ${line}`),
  };
  const found = await attack.run(attacking).catch((failure: Error): Found => ({
    figures: {},
    violations: [{ check: 'attack', says: failure.stack ?? failure.message }],
  }));
  const verdict = { ...found, attack: attack.name, seconds: seconds() };
  wish.say(wordsOf(verdict.figures));
  for (const { check, says } of verdict.violations.slice(0, 20)) wish.say(`  ${check}: ${says.slice(0, 500)}`);
  const count = verdict.violations.length;
  if (count > 0) wish.say(`  ${count} violations and the logs: ${keep(system, verdict, seed)}`);
  wish.say(`${attack.name}: ${count === 0 ? 'held' : `${count} violations`}, ${verdict.seconds.toFixed(1)} s`);
  return verdict;
}

/** One system for all of them, thrown away afterwards. */
export async function runAttacks(attacks: readonly Attack[], wish: Wish): Promise<Verdict[]> {
  const system = await startSystem({ throwAway: true, scale: 's', port: 0, env: settings, say: wish.say });
  try {
    const verdicts: Verdict[] = [];
    for (const attack of attacks) verdicts.push(await one(attack, wish, system, await loggedIn(system.url)));
    return verdicts;
  } finally {
    await system.stop();
  }
}

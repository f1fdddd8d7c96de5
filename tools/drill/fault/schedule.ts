import { serviceNames } from '@shidang/contracts';
import type { AppName } from '@shidang/dev';
import { Random } from '@shidang/seed';

export type Victim = AppName | 'nats' | 'postgres' | 'backend' | 'backend-terminated';

/** One fault of a seeded schedule: so many milliseconds after the run began. */
export interface Strike {
  readonly at: number;
  readonly victim: Victim;
  /** In [0, 1): which backend. */
  readonly which: number;
}

const victims: readonly Victim[] = [...serviceNames, 'gateway', 'nats', 'postgres', 'backend', 'backend-terminated'];

/** Every victim once per round, in a seeded order, 1–5 s apart; the same seed and length, the same schedule. */
export function killsOf(seed: string, milliseconds: number): Strike[] {
  const random = new Random(`${seed}/kills`);
  const strikes: Strike[] = [];
  let round: Victim[] = [];
  for (let at = random.between(1_000, 5_000); at < milliseconds; at += random.between(1_000, 5_000)) {
    if (round.length === 0) round = [...victims];
    const [victim] = round.splice(Math.floor(random.next() * round.length), 1);
    strikes.push({ at, victim: victim!, which: random.next() });
  }
  return strikes;
}

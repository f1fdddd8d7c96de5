import { serviceNames } from '@shidang/contracts';
import { Random } from '@shidang/seed';
import { rest } from '../client/client';
import type { Drill, Drilling } from '../drill';
import { familyOf, signal } from '../fault/descendants';

const victims = ['nats', 'postgres', ...serviceNames, 'gateway'] as const;
type Victim = (typeof victims)[number];

/** Between two: what was frozen is at work again. */
const breath = 3_000;

async function freeze(victim: Victim, { system, seconds, say }: Drilling): Promise<void> {
  const pid = system.pidOf(victim);
  if (!pid) throw new Error(`${victim} is not running`);
  const family = familyOf(pid);
  say(`${victim} is frozen for ${seconds} s`);
  signal(family, 'SIGSTOP');
  try {
    await rest(seconds * 1000);
  } finally {
    signal(family, 'SIGCONT');
  }
}

export const frozen: Drill = {
  name: 'frozen',
  says: 'NATS, PostgreSQL, each service, the gateway frozen for 30 s (--seconds) one after the other',
  minutes: 5,
  async faults(drilling) {
    const random = new Random(`${drilling.seed}/frozen`);
    const order = [...victims].map((victim) => [random.next(), victim] as const).sort(([a], [b]) => a - b);
    for (const [, victim] of order) {
      await freeze(victim, drilling);
      await rest(breath);
    }
    return [];
  },
};

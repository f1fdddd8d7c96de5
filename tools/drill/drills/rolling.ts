import { serviceNames } from '@shidang/contracts';
import { Random } from '@shidang/seed';
import { noticed } from '../check/noticed';
import type { Drill } from '../drill';

const replicas = [...serviceNames, 'gateway' as const].flatMap((app) => [1, 2].map((number) => ({ app, number })));

/** Every replica of every app is stopped and started again, in seeded orders until the time is over; nobody may have to ask twice. */
export const rolling: Drill = {
  name: 'rolling',
  says: 'each of two replicas of every app restarted in turn, on three NATS nodes: no request fails',
  minutes: 3,
  // a crew of fourteen asks more than offices do
  system: { cluster: true, env: { ACCOUNT_BURST: '1000000' } },
  async faults({ system, seed, milliseconds, journal, say }) {
    const random = new Random(`${seed}/rolling`);
    const began = Date.now();
    do {
      const order = replicas.map((replica) => [random.next(), replica] as const).sort(([a], [b]) => a - b);
      for (const [, { app, number }] of order) {
        say(`restarts ${app}, replica ${number}`);
        await system.restart(app, number);
      }
    } while (Date.now() - began < milliseconds);
    return noticed(journal.attempts, journal.missedReads, began);
  },
};

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@shidang/contracts';
import { secretsOf, until } from '@shidang/dev';
import { connectAs, streamDrifts } from '@shidang/streams';
import { rest } from '../client/client';
import type { Drill, Drilling } from '../drill';

async function wipe({ system, say }: Drilling): Promise<void> {
  const { dir, natsUrl } = system;
  const before = system.restartCounts()['nats'] ?? 0;
  await system.kill('nats');
  rmSync(join(dir, 'nats/jetstream'), { recursive: true });
  if ((system.restartCounts()['nats'] ?? 0) !== before) throw new Error('NATS was back before its store was gone');
  await until('streams as declared', 30, async () => {
    const operator = await connectAs('operator', natsUrl, secretsOf(dir).nats.operator);
    const drifts = await streamDrifts(operator).finally(() => operator.close());
    return drifts.length === 0 ? true : undefined;
  });
  say(`the store of JetStream was wiped; ${serviceNames.length} streams are there again`);
}

export const wiped: Drill = {
  name: 'wiped',
  says: "JetStream's store wiped while running: streams made anew, what nobody had taken sent again",
  minutes: 1,
  async faults(drilling) {
    const end = Date.now() + drilling.milliseconds;
    do {
      await rest(8_000);
      await wipe(drilling);
    } while (Date.now() < end);
    return [];
  },
};

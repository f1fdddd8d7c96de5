import { serviceNames } from '@shidang/contracts';
import { asAdmin, inDatabase, rebuildService, secretsOf, until } from '@shidang/dev';
import { connectAs, ensureStreams, refill, removeStreams } from '@shidang/streams';
import { rest } from '../client/client';
import type { Violation } from '../check/violation';
import type { Drill, Drilling } from '../drill';
import { contentOf, readModels } from '../state/read-models';

const check = 'rebuild';

async function rebuilt({ system, say }: Drilling, service: (typeof serviceNames)[number]): Promise<void> {
  const { adminUrl, natsUrl, dir } = system;
  const env = { ...system.env[service], SHIDANG_SUPERVISED: '0', PORT_HEALTH: '0' };
  const place = { env, adminUrl, natsUrl, operatorPassword: secretsOf(dir).nats.operator, say: () => undefined };
  const { facts, setAside } = await rebuildService(service, place);
  say(`${service}: rebuilt from ${facts} facts, ${setAside} set aside`);
}

/** Sent by a relay and still in the outbox, against what the stream holds. */
async function unequalStreams({ system }: Drilling): Promise<string[]> {
  const operator = await connectAs('operator', system.natsUrl, secretsOf(system.dir).nats.operator);
  try {
    const manager = await operator.jetstreamManager();
    const counted = await Promise.all(
      serviceNames.map(async (service) => {
        const { state } = await manager.streams.info(service);
        const told = await asAdmin(inDatabase(system.adminUrl, `shidang_${service}`), (client) =>
          client.query<{ sent: number; waiting: number }>(
            `select count(*) filter (where published_at >= to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) - interval '1 second')::int as sent,
               count(*) filter (where published_at is null)::int as waiting from outbox`,
          ),
        );
        const { sent, waiting } = told.rows[0]!;
        return waiting > 0 || state.messages !== sent
          ? [`${service}: ${state.messages} in the stream, ${sent} told, ${waiting} waiting`]
          : [];
      }),
    );
    return counted.flat();
  } finally {
    await operator.close();
  }
}

async function refilled(drilling: Drilling): Promise<Violation[]> {
  const { adminUrl, natsUrl, dir } = drilling.system;
  const operator = await connectAs('operator', natsUrl, secretsOf(dir).nats.operator);
  try {
    await removeStreams(operator);
    await ensureStreams(operator);
  } finally {
    await operator.close();
  }
  await refill({ adminUrlOf: (service) => inDatabase(adminUrl, `shidang_${service}`), everything: true });
  let unequal: string[] = [];
  await until('streams full again', 60, async () => {
    unequal = await unequalStreams(drilling);
    return unequal.length === 0 ? true : undefined;
  }).catch(() => undefined);
  drilling.say(`streams removed and filled from the outboxes: ${unequal.length === 0 ? 'equal' : unequal.join('; ')}`);
  return unequal.map((says) => ({ check, says }));
}

export const rebuild: Drill = {
  name: 'rebuild',
  says: 'every read model and stream rebuilt from the outboxes, under work and at rest, equals the live state',
  minutes: 0.5,
  async faults(drilling) {
    await rest(drilling.milliseconds);
    for (const [service] of await readModels()) await rebuilt(drilling, service);
    return [];
  },
  async afterwards(drilling) {
    const found: Violation[] = [];
    for (const [service, { tables }] of await readModels()) {
      const before = await contentOf(drilling.system.adminUrl, service, tables);
      await rebuilt(drilling, service);
      const after = await contentOf(drilling.system.adminUrl, service, tables);
      for (const [i, was] of before.entries())
        if (after[i] !== was) found.push({ check, says: `${was} live, ${after[i]} rebuilt` });
    }
    return [...found, ...(await refilled(drilling))];
  },
};

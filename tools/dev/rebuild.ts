import { parseArgs } from 'node:util';
import { serviceNames } from '@shidang/contracts';
import { connectAs, ensureStreams, refill } from '@shidang/streams';
import { inDatabase } from './provide/roles';
import { rebuildService } from './rebuild-service';
import { environmentOf, runningServers } from './verb';
import { Missing } from './workspace';

const usage = `npm run rebuild -- --service <service> | --streams
  --service  empties what the service keeps of others and applies the facts in their outboxes again
  --streams  makes streams that were lost and sends again what nobody had taken from them
The system keeps running.`;

async function refillStreams(): Promise<number> {
  const { adminUrl, natsUrl, secrets } = runningServers();
  const operator = await connectAs('operator', natsUrl, secrets.nats.operator);
  try {
    for (const changed of await ensureStreams(operator)) console.log(changed);
  } finally {
    await operator.close();
  }
  await refill({ adminUrlOf: (name) => inDatabase(adminUrl, `shidang_${name}`), say: console.log });
  return 0;
}

async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { service: { type: 'string' }, streams: { type: 'boolean' } } });
  if (values.streams) return refillStreams();
  const service = serviceNames.find((name) => name === values.service);
  if (!service) throw new Missing(usage);
  const env = await environmentOf(service);
  const { adminUrl, natsUrl, secrets } = runningServers();
  const place = { env, adminUrl, natsUrl, operatorPassword: secrets.nats.operator, say: console.log };
  const { facts, setAside, rows } = await rebuildService(service, place);
  for (const [table, n] of Object.entries(rows)) console.log(`${service}.${table}: ${n} rows`);
  console.log(`${service} rebuilt from ${facts} facts`);
  if (setAside > 0) console.log(`${setAside} were set aside: npm run service -- ${service} dlq list`);
  return setAside > 0 ? 1 : 0;
}

export async function main(args: string[]): Promise<void> {
  try {
    process.exitCode = await run(args);
  } catch (failure) {
    console.error(failure instanceof Missing ? failure.message : (failure as Error).stack);
    process.exitCode = 1;
  }
}

import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import type { ReadModel, Schema } from '@shidang/persistence';
import { connectAs, ensureStreams, rebuild, refill, type Rebuilding, type Rebuilt } from '@shidang/streams';
import { inDatabase } from './provide/roles';
import { mainOf } from './system/migrate';
import { environmentOf, runningServers } from './verb';
import { Missing, fromRoot } from './workspace';

const usage = `npm run rebuild -- --service <service> | --streams
  --service  empties what the service keeps of others and applies the facts in their outboxes again
  --streams  makes streams that were lost and sends again what nobody had taken from them
The system keeps running.`;

/** Tools know services by what is built of them: apps are never imported. */
async function readModelOf(service: ServiceName): Promise<ReadModel> {
  const built = (await import(fromRoot('dist/apps', service, 'src/schema.js'))) as { schema: Schema };
  if (!built.schema.readModel) throw new Missing(`${service} keeps nothing that arises by consuming only.`);
  return built.schema.readModel;
}

/** A verb of the service in a process of its own; answers what it prints and its exit code. */
async function verb(env: NodeJS.ProcessEnv, service: ServiceName, name: string, input?: AsyncIterable<object>) {
  const child = spawn(process.execPath, [mainOf(service), name], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const ended = new Promise<number>((settle) => child.once('close', (code) => settle(code ?? 1)));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const lines = async function* () {
    for await (const one of input ?? []) yield `${JSON.stringify(one)}\n`;
  };
  // a verb that ended early is told by its exit code
  const fed = pipeline(Readable.from(lines()), child.stdin).catch((failure: NodeJS.ErrnoException) => failure);
  const [code, failure] = await Promise.all([ended, fed]);
  if (failure && failure.code !== 'EPIPE' && failure.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw failure;
  return { said, code };
}

async function applied(env: NodeJS.ProcessEnv, service: ServiceName, facts: Parameters<Rebuilding['replay']>[0]) {
  const { said, code } = await verb(env, service, 'replay', facts);
  if (code !== 0) throw new Error(`${service} replay ended with ${code}`);
  return JSON.parse(said) as Awaited<ReturnType<Rebuilding['replay']>>;
}

/** The first finds what is missing of tables that stay and sets it right, the second must find nothing. */
async function twice(env: NodeJS.ProcessEnv, service: ServiceName, name: string): Promise<void> {
  await verb(env, service, name);
  const { said, code } = await verb(env, service, name);
  if (code !== 0) throw new Error(`${service} ${name} still finds: ${said.slice(0, 500)}`);
}

export interface RebuildPlace {
  /** Of the service, for its verbs. */
  readonly env: NodeJS.ProcessEnv;
  readonly adminUrl: string;
  readonly natsUrl: string;
  readonly operatorPassword: string;
  readonly say: (line: string) => void;
}

/** The read model of one service of a running system, from the outboxes of the others. */
export async function rebuildService(service: ServiceName, place: RebuildPlace): Promise<Rebuilt> {
  const readModel = await readModelOf(service);
  const { afterwards } = readModel;
  const connection = await connectAs('operator', place.natsUrl, place.operatorPassword);
  try {
    return await rebuild({
      service,
      readModel,
      connection,
      adminUrlOf: (name) => inDatabase(place.adminUrl, `shidang_${name}`),
      replay: (told) => applied(place.env, service, told),
      afterwards: afterwards ? () => twice(place.env, service, afterwards) : undefined,
      say: place.say,
    });
  } finally {
    await connection.close();
  }
}

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

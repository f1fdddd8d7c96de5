import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServiceName } from '@shidang/contracts';
import type { ReadModel, Schema } from '@shidang/persistence';
import { connectAs, rebuild, type Rebuilding, type Rebuilt } from '@shidang/streams';
import { inDatabase } from './provide/roles';
import { runOf } from './system/run-of';
import { Missing, fromRoot } from './workspace';

/** Tools know services by what is built of them: apps are never imported. */
export async function readModelOf(service: ServiceName): Promise<ReadModel> {
  const built = (await import(fromRoot('dist/apps', service, 'src/schema.js'))) as { schema: Schema };
  if (!built.schema.readModel) throw new Missing(`${service} keeps nothing that arises by consuming only.`);
  return built.schema.readModel;
}

/** A verb of the service in a process of its own; answers what it prints and its exit code. */
async function verb(env: NodeJS.ProcessEnv, service: ServiceName, name: string, input?: AsyncIterable<object>) {
  const child = spawn(process.execPath, [...runOf(service), name], { stdio: ['pipe', 'pipe', 'inherit'], env });
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

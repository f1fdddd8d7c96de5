import { durables, serviceNames, type DeclaredDurable, type ServiceName } from '@shidang/contracts';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  ErrorCode,
  NatsError,
  RetentionPolicy,
  StorageType,
  connect,
  nanos,
  type ConsumerConfig,
  type JetStreamManager,
  type NatsConnection,
  type StreamConfig,
} from 'nats';
import { setTimeout } from 'node:timers/promises';
import { streamOf } from './permissions';

/** One stream per producing service, a disposable cache of its outbox. */
function wantedStream(service: ServiceName, replicas: number): Partial<StreamConfig> & { name: string } {
  return {
    name: service,
    subjects: [`evt.${service}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    // A relay that died between publishing and marking publishes the same message id again.
    duplicate_window: nanos(120_000),
    num_replicas: replicas,
  };
}

/**
 * One subject is asked for as one: asked for as a list, servers before 2.10.30 and 2.11.6 read a whole block of the file for each message
 * of a backlog (nats-server #7014).
 */
function filterOf({ events }: DeclaredDurable): Pick<ConsumerConfig, 'filter_subject' | 'filter_subjects'> {
  const subjects = events.map((event) => event.subject).sort();
  const [one, ...others] = subjects;
  // both are said: a durable that asked the other way until now keeps what an update leaves out
  return others.length === 0
    ? { filter_subject: one, filter_subjects: undefined }
    : { filter_subject: undefined, filter_subjects: subjects };
}

/** libs/bus counts failures and writes the fifth to dead_letter itself: the server must never give up on its own. */
export function wantedConsumer(
  name: string,
  durable: DeclaredDurable,
): Partial<ConsumerConfig> & { durable_name: string } {
  return {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(10_000),
    max_deliver: -1,
    max_ack_pending: 1000,
    ...filterOf(durable),
  };
}

/** JetStream's codes for "stream not found" and "consumer not found"; the package keeps its names for them to itself. */
const notFoundCodes = [10059, 10014];

const isMissing = (failure: unknown): boolean =>
  failure instanceof NatsError && notFoundCodes.includes(failure.api_error?.err_code ?? 0);

export async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (failure) {
    if (isMissing(failure)) return undefined;
    throw failure;
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Several filters come back in any order. */
function seen(key: string, config: ConsumerConfig | StreamConfig): unknown {
  const found = config[key as keyof typeof config] as unknown;
  return key === 'filter_subjects' && Array.isArray(found) ? [...(found as string[])].sort() : found;
}

function differences(wanted: object, found: ConsumerConfig | StreamConfig): string[] {
  return Object.entries(wanted)
    .filter(([key, value]) => !same(value, seen(key, found)))
    .map(([key, value]) => `${key} is ${JSON.stringify(seen(key, found))}, declared ${JSON.stringify(value)}`);
}

type Mend = () => Promise<unknown>;
interface Drift {
  readonly what: string;
  readonly mend: Mend;
}

async function streamDrift(manager: JetStreamManager, service: ServiceName, replicas: number): Promise<Drift[]> {
  const wanted = wantedStream(service, replicas);
  const found = await orUndefined(manager.streams.info(service));
  if (!found) return [{ what: `stream ${service} is missing`, mend: () => manager.streams.add(wanted) }];
  const differs = differences(wanted, found.config);
  if (differs.length === 0) return [];
  return [{ what: `stream ${service}: ${differs.join('; ')}`, mend: () => manager.streams.update(service, wanted) }];
}

async function consumerDrift(manager: JetStreamManager, name: string, durable: DeclaredDurable): Promise<Drift[]> {
  const stream = streamOf(name, durable);
  const wanted = wantedConsumer(name, durable);
  const found = await orUndefined(manager.consumers.info(stream, name));
  if (!found) return [{ what: `durable ${name} is missing`, mend: () => manager.consumers.add(stream, wanted) }];
  const differs = differences(wanted, found.config);
  if (differs.length === 0) return [];
  return [
    { what: `durable ${name}: ${differs.join('; ')}`, mend: () => manager.consumers.update(stream, name, wanted) },
  ];
}

/** What nobody declares (any more): a stream that catches another's subjects, a durable that holds messages for nobody. */
async function strangers(manager: JetStreamManager): Promise<Drift[]> {
  const found: Drift[] = [];
  for (const service of serviceNames) {
    if (!(await orUndefined(manager.streams.info(service)))) continue;
    for await (const consumer of manager.consumers.list(service)) {
      const declared = (durables as Record<string, DeclaredDurable | undefined>)[consumer.name];
      if (declared && streamOf(consumer.name, declared) === service) continue;
      const what = `durable ${consumer.name} on stream ${service} is not declared`;
      found.push({ what, mend: () => manager.consumers.delete(service, consumer.name) });
    }
  }
  return found;
}

async function walk(
  connection: NatsConnection,
  replicas: number,
  each: (drift: Drift) => Promise<void>,
): Promise<void> {
  const manager = await connection.jetstreamManager();
  for (const service of serviceNames)
    for (const drift of await streamDrift(manager, service, replicas)) await each(drift);
  for (const [name, durable] of Object.entries<DeclaredDurable>(durables)) {
    for (const drift of await consumerDrift(manager, name, durable)) await each(drift);
  }
  for (const drift of await strangers(manager)) await each(drift);
}

/** In a cluster every stream, and with it its durables, lies on three nodes: any one of them may go. */
const replicasOn = (connection: NatsConnection): number => (connection.info?.cluster ? 3 : 1);

/** JetStream's codes for "no suitable peers", "no leader" and "cannot answer for all": a cluster whose nodes have not all met. */
const unmetCodes = [10004, 10005, 10008];

const unmet = (failure: unknown): boolean =>
  failure instanceof NatsError &&
  (unmetCodes.includes(failure.api_error?.err_code ?? 0) || failure.code === ErrorCode.JetStreamNotEnabled);

/**
 * A cluster leads with two of three nodes and says it is healthy, yet places a stream on three only when the third was heard:
 * asked again until then, for at most `patience` ms. One node has nobody to wait for.
 */
async function onceMet<T>(replicas: number, patience: number, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + (replicas > 1 ? patience : 0);
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (!unmet(failure) || Date.now() >= end) throw failure;
    }
    await setTimeout(100);
  }
}

/** Makes streams and durables exactly as libs/contracts declares them; answers what had to change. */
export async function ensureStreams(
  connection: NatsConnection,
  { replicas = replicasOn(connection), patience = 30_000 }: { replicas?: number | undefined; patience?: number } = {},
): Promise<string[]> {
  const changed: string[] = [];
  const ensure = () =>
    walk(connection, replicas, async ({ what, mend }) => {
      await mend();
      changed.push(what);
    });
  await onceMet(replicas, patience, ensure);
  return changed;
}

/** What differs from the declarations; empty when nothing does. Changes nothing. */
export async function streamDrifts(connection: NatsConnection, replicas = replicasOn(connection)): Promise<string[]> {
  const found: string[] = [];
  await walk(connection, replicas, async ({ what }) => {
    found.push(what);
  });
  return found;
}

/** Connects as one of the users of deploy/nats/permissions.conf, each with an inbox prefix of its own. */
export function connectAs(user: string, servers: string, pass: string, caFile?: string): Promise<NatsConnection> {
  return connect({
    servers: servers.split(','),
    user,
    pass,
    name: user,
    inboxPrefix: `_INBOX.${user}`,
    ...(caFile ? { tls: { caFile } } : {}),
    maxReconnectAttempts: 100,
    reconnectTimeWait: 100,
  });
}

/** For `npm start -- --fresh` on a given server: everything told so far goes, durables with it. */
export async function removeStreams(connection: NatsConnection): Promise<void> {
  const manager = await connection.jetstreamManager();
  for (const service of serviceNames) await orUndefined(manager.streams.delete(service));
}

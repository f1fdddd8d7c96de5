import { connectNats, faultWords, JetStreamServer, natsServer, publishFact, type Letter } from '@shidang/bus';
import { durables, type ServiceName } from '@shidang/contracts';
import {
  buryLetter,
  DeadLetters,
  forgetOldAnswers,
  migrateDatabase,
  Relay,
  Work,
  type Schema,
} from '@shidang/persistence';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { startTracing } from '@shidang/tracing';
import { createInterface } from 'node:readline';
import { AuditSealing } from './audit-sealing';
import { showBurden } from './burden-metrics';
import { auditVerb } from './audit-verb';
import { showCertificates } from './certificate-metrics';
import { deadLetterVerb } from './dead-letter-verb';
import { Health } from './health';
import { stopGracefully } from './lifecycle';
import { NestLogger, serviceLogger } from './logger';
import { asOperator } from './operator';
import { lettersIn, replay, type Replayed } from './replay';
import { accessOf, readConfig, ServiceConfig, tracingOf, withFiles } from './service-config';
import { wire } from './wiring';

/** A service: its table of contents, its environment, its tables. */
export interface Service<C extends ServiceConfig> {
  name: ServiceName;
  module: Type;
  config: new () => C;
  schema: Schema;
  /** Verbs of `node main.js <verb> …` besides `migrate` and `serve`. */
  verbs?: Record<string, (app: INestApplicationContext, args: string[]) => Promise<void>>;
  /** Work that runs beside the handlers; started when ready, returns its stop. */
  beside?: (app: INestApplicationContext) => Promise<() => Promise<void>>;
}

const hour = 3_600_000;

/** A booted service: what tests hold and `runService` keeps alive. */
export interface Running {
  app: INestApplicationContext;
  work: Work;
  /** Runs a message set aside through its handler again. */
  redeliver: JetStreamServer['redeliver'];
  /** Runs facts of others through the handlers, outside the stream: for a rebuild. */
  replay: (letters: AsyncIterable<Letter>) => Promise<Replayed>;
  healthPort: number;
  stop: () => Promise<void>;
}

/** Starts a service in this process: requests, facts, relay, probes. */
export async function startService<C extends ServiceConfig>(service: Service<C>, config: C): Promise<Running> {
  const logger = serviceLogger(service.name, config.LOG_LEVEL);
  const stopTracing = await startTracing(tracingOf(service.name, config));
  const { orm, work, bus, metrics, audit, root } = await wire(service, config);
  const access = accessOf(config);
  const app = await NestFactory.create(root, new FastifyAdapter(), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const events = new JetStreamServer({
    service: service.name,
    connect: () => connectNats(access, `${service.name}-consumes`),
    bury: async (letter) => {
      await buryLetter(work, letter);
      metrics.buried.inc({ durable: letter.durable });
    },
  });
  for (const [durable, { service: whose }] of Object.entries(durables))
    if (whose === service.name) metrics.buried.inc({ durable }, 0);
  showCertificates(metrics, [
    { spoken: 'nats', url: config.NATS_URL, caFile: config.NATS_CA_FILE },
    { spoken: 'postgresql', url: config.DATABASE_URL, caFile: config.DATABASE_CA_FILE },
  ]);
  showBurden(metrics, { work, backlog: () => events.backlog(), headsFile: config.AUDIT_HEADS_FILE });
  const expired = (subject: string) => metrics.expired.inc({ contract: subject.replace(/^\w+\./, '') });
  app.connectMicroservice<MicroserviceOptions>({ strategy: natsServer(access, expired) });
  app.connectMicroservice<MicroserviceOptions>({ strategy: events });
  const publisher = await connectNats(access, `${service.name}-tells`);
  const relay = new Relay(work, {
    publish: async (row) => {
      await publishFact(publisher, row);
      metrics.told.inc();
    },
    onError: (error) => logger.warn({ relay: faultWords(error).words }),
    idle: config.RELAY_IDLE_MS,
  });
  const health = new Health(metrics, [
    { name: 'postgresql', check: () => orm.em.getConnection().execute('select 1') },
    { name: 'nats', check: () => publisher.flush() },
  ]);
  const healthPort = await health.listen(config.PORT_HEALTH, config.HEALTH_HOST);
  await bus.connect();
  const sealing = new AuditSealing(audit, { metrics, logger, rest: config.AUDIT_SEAL_MS });
  await sealing.start();
  await app.startAllMicroservices();
  work.onTold(() => relay.hint());
  relay.start();
  const hourly = setInterval(
    () => void forgetOldAnswers(work).catch((error: unknown) => logger.warn({ retention: faultWords(error).words })),
    hour,
  );
  const stopBeside = await service.beside?.(app);
  health.accept(true);
  logger.info({ ready: true, healthPort });
  const stop = async () => {
    health.accept(false);
    clearInterval(hourly);
    await Promise.all([stopBeside?.(), app.close()]);
    // last: what the final requests told still leaves
    await relay.stop();
    await sealing.stop();
    await bus.close();
    await publisher.drain();
    await orm.close(true);
    await stopTracing();
    health.close();
  };
  return {
    app,
    work,
    redeliver: (letter) => events.redeliver(letter),
    replay: (letters) => replay(events, (letter) => buryLetter(work, letter), letters),
    healthPort,
    stop,
  };
}

/** The handlers without a stream: nothing is consumed but what `use` gives them. Prints what it answers. */
async function withHandlers<C extends ServiceConfig>(
  service: Service<C>,
  use: (events: JetStreamServer, work: Work) => Promise<unknown>,
): Promise<void> {
  const config = readConfig(service.config);
  const { orm, work, bus, root } = await wire(service, config);
  const app = await NestFactory.create(root, new FastifyAdapter(), { logger: ['error'], abortOnError: false });
  const events = new JetStreamServer({
    service: service.name,
    consume: false,
    connect: () => Promise.reject(new Error('not consuming')),
    bury: () => Promise.resolve(),
  });
  app.connectMicroservice<MicroserviceOptions>({ strategy: events });
  try {
    await app.startAllMicroservices();
    process.stdout.write(`${JSON.stringify(await use(events, work), null, 2)}\n`);
  } finally {
    await app.close();
    await bus.close();
    await orm.close(true);
  }
}

/** `dlq list | replay <id>… | drop <id>…`: messages set aside, run again through their handlers, or given up (W3). */
const runDeadLetters = <C extends ServiceConfig>(service: Service<C>, args: string[]): Promise<void> =>
  withHandlers(service, (events, work) =>
    deadLetterVerb(new DeadLetters(work, (letter) => events.redeliver(letter)), args),
  );

/** `replay`: facts from standard input, one JSON a line (W3, `npm run rebuild`). */
const runReplay = <C extends ServiceConfig>(service: Service<C>): Promise<void> =>
  withHandlers(service, (events, work) =>
    replay(events, (letter) => buryLetter(work, letter), lettersIn(createInterface({ input: process.stdin }))),
  );

/** Runs one of the service's verbs with its providers, without answering requests. */
async function runVerb<C extends ServiceConfig>(service: Service<C>, verb: string, args: string[]): Promise<void> {
  const config = readConfig(service.config);
  const { orm, bus, root } = await wire(service, config);
  const app = await NestFactory.createApplicationContext(root, { logger: ['error'], abortOnError: false });
  try {
    await service.verbs![verb]!(app, args);
  } finally {
    await app.close();
    await bus.close();
    await orm.close(true);
  }
}

/** `audit verify`: the chain over the audit trail, with its heads outside (T2). */
async function runAudit<C extends ServiceConfig>(service: Service<C>, args: string[]): Promise<void> {
  const { orm, bus, audit } = await wire(service, readConfig(service.config));
  try {
    await bus.connect();
    await auditVerb(audit, args);
  } finally {
    await bus.close();
    await orm.close(true);
  }
}

/**
 * Entry of a service: `node main.js` serves, `node main.js migrate` applies migrations as the owner
 * (MIGRATION_DATABASE_URL), `audit verify` checks the audit chain (exit code 1 = tampered), `dlq …` looks after messages set aside, `replay` takes facts from standard input, other verbs are the service's own. Exit code 2 = wrong environment or verb.
 */
export async function runService<C extends ServiceConfig>(service: Service<C>): Promise<void> {
  const [verb = 'serve', ...args] = process.argv.slice(2);
  try {
    if (verb === 'migrate') {
      const { MIGRATION_DATABASE_URL: url, DATABASE_CA_FILE: caFile } = withFiles(
        ['MIGRATION_DATABASE_URL'],
        process.env,
      );
      if (!url) throw new Error('MIGRATION_DATABASE_URL (the owner of the tables) is not set');
      const applied = await migrateDatabase(url, service.schema, { caFile });
      process.stdout.write(`${JSON.stringify({ service: service.name, applied })}\n`);
      return;
    }
    if (verb === 'dlq') {
      await asOperator(`dlq-${args[0] ?? 'list'}`, () => runDeadLetters(service, args));
      return;
    }
    if (verb === 'audit') {
      await runAudit(service, args);
      return;
    }
    if (verb === 'replay') {
      await asOperator('replay', () => runReplay(service));
      return;
    }
    if (service.verbs?.[verb]) {
      await asOperator([verb, ...args.slice(0, 1)].join('-'), () => runVerb(service, verb, args));
      return;
    }
    if (verb !== 'serve') throw new Error(`unknown verb ${verb}`);
    const config = readConfig(service.config);
    const running = await startService(service, config);
    stopGracefully(serviceLogger(service.name, config.LOG_LEVEL), running.stop);
  } catch (error) {
    process.stderr.write(
      `${service.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(2);
  }
}

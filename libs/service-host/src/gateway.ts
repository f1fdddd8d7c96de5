import { BusClient, natsClient } from '@shidang/bus';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startTracing } from '@shidang/tracing';
import { setTimeout } from 'node:timers/promises';
import { showCertificates } from './certificate-metrics';
import { Health } from './health';
import { stopGracefully } from './lifecycle';
import { NestLogger, serviceLogger } from './logger';
import { Metrics } from './metrics';
import { accessOf, HostConfig, readConfig, tracingOf } from './service-config';

export { Health, type Probe } from './health';
export { NestLogger, serviceLogger } from './logger';
export { Metrics } from './metrics';
export { HostConfig, readConfig, variablesOf } from './service-config';

/** The HTTP door: no database, no durables. */
export interface Door<C extends HostConfig> {
  module: Type;
  config: new () => C;
  /** Fastify with its limits. */
  adapter: (config: C) => FastifyAdapter;
  /** Plugins, prefixes, pages. */
  prepare: (app: NestFastifyApplication, config: C) => Promise<void>;
  listen: (config: C) => { port: number; host: string };
  /** Seconds between "not ready" and the end, during which every connection is asked to come back elsewhere. */
  drainSeconds: (config: C) => number;
}

@Module({})
class Wiring {}

export async function startGateway<C extends HostConfig>(door: Door<C>, config: C) {
  const logger = serviceLogger('gateway', config.LOG_LEVEL);
  const stopTracing = await startTracing({ ...tracingOf('gateway', config), outermost: true });
  const bus = new BusClient(natsClient(accessOf(config)), 'gateway');
  const metrics = new Metrics('gateway');
  showCertificates(metrics, [{ spoken: 'nats', url: config.NATS_URL, caFile: config.NATS_CA_FILE }]);
  const providers = [
    { provide: BusClient, useValue: bus },
    { provide: Metrics, useValue: metrics },
    { provide: door.config, useValue: config },
  ];
  const root: DynamicModule = {
    module: Wiring,
    global: true,
    imports: [door.module],
    providers,
    exports: providers.map((p) => p.provide),
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, door.adapter(config), {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  let draining = false;
  await door.prepare(app, config);
  // before whatever handles it: also who is only told no has to come back elsewhere
  app.getHttpServer().prependListener('request', (_request, response) => {
    if (draining) response.setHeader('connection', 'close');
  });
  const health = new Health(metrics, [{ name: 'nats', check: () => bus.answers() }]);
  const healthPort = await health.listen(config.PORT_HEALTH, config.HEALTH_HOST);
  await bus.connect();
  const { port, host } = door.listen(config);
  await app.listen(port, host);
  health.accept(true);
  logger.info({ ready: true, healthPort });
  const stop = async () => {
    health.accept(false);
    draining = true;
    // a connection that is in use says goodbye with its next answer; closing it first could cross a request on its way
    await setTimeout(door.drainSeconds(config) * 1_000);
    await app.close();
    await bus.close();
    await stopTracing();
    health.close();
  };
  return { app, stop, healthPort, logger };
}

export async function runGateway<C extends HostConfig>(door: Door<C>): Promise<void> {
  try {
    const { stop, logger } = await startGateway(door, readConfig(door.config));
    stopGracefully(logger, stop);
  } catch (error) {
    process.stderr.write(`gateway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(2);
  }
}

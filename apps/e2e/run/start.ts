import 'reflect-metadata';
import { startSystem } from '@shidang/dev';
import { Collector } from '@shidang/testing';
import { build, endOfRun } from '@shidang/testing/run';
import { announceSystem } from '../src/shared-system';
import { lishui } from '../src/lishui';

// urged at whatever hour the tests run
// fifty who ask for one thing at once must all reach the service, however busy this machine is
const settings = { LOG_LEVEL: 'warn', URGING_QUIET_HOURS: 'off', AT_ONCE: '96', WAITING_MS: '2000' };
/** Some traces of whatever the scenarios do: what is exported must hold nothing of their people. */
const ratio = '0.05';

/** Jest's global set-up of the system tests: builds, starts one whole system, issues its accounts down five tiers. */
export default async function start(): Promise<void> {
  build();
  const collector = await Collector.start();
  endOfRun.add(() => Promise.resolve(collector.stop()));
  const env = { ...settings, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: ratio };
  const system = await startSystem({ throwAway: true, demo: false, port: 0, env });
  endOfRun.add(() => system.stop());
  const people = await lishui(system);
  const healthUrls = Object.fromEntries(
    Object.entries(system.env).map(([app, { PORT_HEALTH }]) => [app, `http://127.0.0.1:${PORT_HEALTH}`]),
  );
  announceSystem({
    url: system.url,
    dir: system.dir,
    adminUrl: system.adminUrl,
    collectorUrl: collector.url,
    healthUrls,
    tokens: people.tokens(),
  });
}

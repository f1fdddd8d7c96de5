import 'reflect-metadata';
import { startSystem } from '@shidang/dev';
import { build, endOfRun } from '@shidang/testing/run';
import { announceSystem } from '../src/shared-system';
import { lishui } from '../src/lishui';

// urged at whatever hour the tests run
// fifty who ask for one thing at once must all reach the service, however busy this machine is
const env = { LOG_LEVEL: 'warn', URGING_QUIET_HOURS: 'off', AT_ONCE: '96', WAITING_MS: '2000' };

/** Jest's global set-up of the system tests: builds, starts one whole system, issues its accounts down five tiers. */
export default async function start(): Promise<void> {
  build();
  const system = await startSystem({ throwAway: true, demo: false, port: 0, env });
  endOfRun.add(() => system.stop());
  const people = await lishui(system);
  announceSystem({ url: system.url, dir: system.dir, adminUrl: system.adminUrl, tokens: people.tokens() });
}

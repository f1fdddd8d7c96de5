import { startSystem, type RunningSystem } from '@shidang/dev';
import { isDecidedAtOnce } from './district/batch-of-many';
import { isAsSeeded } from './district/as-seeded';

/**
 * The demo of a district on its last day: four hundred records and more wait for the county. Three thousand, three minutes, with
 * `BATCH=county npx jest apps/e2e/src/district --selectProjects system`.
 */
const scale = process.env['BATCH'] === 'county' ? 'county' : 'district';
let system: RunningSystem;

beforeAll(async () => {
  const env = { LOG_LEVEL: 'warn', BATCH_HOLD_SECONDS: '600' };
  system = await startSystem({ throwAway: true, demo: true, scale, port: 0, env });
}, 600_000);
afterAll(() => system?.stop(), 60_000);

describe('what was seeded', () => isAsSeeded(scale, () => system));

describe('a batch of all that waits', () => isDecidedAtOnce(scale, () => system));

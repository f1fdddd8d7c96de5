import { startSystem, type RunningSystem } from '@shidang/dev';
import { demoAccounts, demoPassword } from '@shidang/seed';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Door } from './door';

/** What README promises: its tour runs, its demo accounts log in. */
let system: RunningSystem;

beforeAll(async () => {
  system = await startSystem({ throwAway: true, demo: true, scale: 's', port: 0, env: { LOG_LEVEL: 'warn' } });
}, 240_000);
afterAll(() => system?.stop(), 60_000);

const readme = readFileSync(join(process.cwd(), 'README.md'), 'utf8');

it('every demo account of the table logs in', async () => {
  const listed = [...readme.matchAll(/^\| `([^`]+)` \|/gm)]
    .map((match) => match[1]!)
    .filter((name) => name.includes('@'));
  expect(listed).toEqual(demoAccounts.map(({ account }) => account));
  for (const loginName of listed) {
    const session = await new Door(system.url).post('/sessions', { loginName, password: demoPassword });
    expect([loginName, session.status]).toEqual([loginName, 201]);
  }
});

it('the tour runs as it stands', async () => {
  const tour = /```sh tour\n([\s\S]*?)```/.exec(readme)![1]!;
  expect(tour.trim().split('\n')).toHaveLength(10);
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', tour], {
    env: { ...process.env, URL: `${system.url}/api/v1` },
  });
  expect(stderr).toBe('');
  const [assessed, missing, waiting, effective] = stdout.trim().split('\n');
  expect(assessed).toBe('2');
  expect(missing).toMatch(/\p{Script=Han}/u);
  expect(Number(waiting)).toBeGreaterThan(0);
  expect(Number(effective)).toBeGreaterThan(0);
});

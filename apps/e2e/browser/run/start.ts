import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromRoot, prepareBrowser, startSystem, type RunningSystem } from '@shidang/dev';
import { build, endOfRun } from '@shidang/testing/run';
import { announceDesks } from '../desk/announced';

/** `POST /kill/<app>`: what tests of broken connections pull. Loopback, for this run only. */
async function plug(system: RunningSystem): Promise<string> {
  const server = createServer((request, response) => {
    const [, verb, app] = (request.url ?? '').split('/');
    if (request.method !== 'POST' || verb !== 'kill' || !app) return void response.writeHead(404).end();
    system.kill(app as Parameters<RunningSystem['kill']>[0]).then(
      () => response.writeHead(204).end(),
      (failure: Error) => response.writeHead(500).end(failure.message),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endOfRun.add(() => new Promise((closed) => server.close(closed)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Jest's global set-up of the browser tests: the console built, Chromium found or installed, one freshly seeded demo system (scale s). */
export default async function start(): Promise<void> {
  // a system that somebody keeps running while writing a script
  if (process.env['SHIDANG_BROWSER_SYSTEM']) return;
  const say = (line: string) => process.stderr.write(`· ${line}\n`);
  build();
  execFileSync(process.execPath, [fromRoot('tools/dev/build-web.mjs')], { cwd: fromRoot(), stdio: 'inherit' });
  const chromium = await prepareBrowser(say);
  const system = await startSystem({
    throwAway: true,
    demo: true,
    scale: 's',
    port: 0,
    env: { LOG_LEVEL: 'warn', URGING_QUIET_HOURS: 'off' },
  });
  endOfRun.add(() => system.stop());
  announceDesks({ url: system.url, dir: system.dir, adminUrl: system.adminUrl, chromium, plug: await plug(system) });
}

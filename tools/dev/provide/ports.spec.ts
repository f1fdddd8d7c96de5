import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, releasePort } from './ports';

/** Another start of ours on this machine, which holds the number of a port it has not begun to use. */
function holderOf(port: number, dir: string): Promise<ChildProcess> {
  const script = join(dir, 'holder.cjs');
  writeFileSync(
    script,
    `require('node:net').createServer().listen('\\0shidang-port-${port}', () => process.send('holding'));`,
  );
  const child = fork(script);
  return new Promise((settle) => child.once('message', () => settle(child)));
}

describe('a free port', () => {
  it('is given to one asker only, also before he listens there', async () => {
    const ports = await Promise.all(Array.from({ length: 40 }, () => freePort()));
    expect(new Set(ports).size).toBe(40);
    const again = await freePort(ports[0]);
    expect(again).not.toBe(ports[0]);
    for (const port of [...ports, again]) releasePort(port);
  });

  it('is the wanted one again after it was released', async () => {
    const port = await freePort();
    releasePort(port);
    expect(await freePort(port)).toBe(port);
    releasePort(port);
  });

  it('is not one that another start has been given, until that start is gone', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'shidang-ports-'));
    const port = await freePort();
    releasePort(port);
    const other = await holderOf(port, dir);
    const mine = await freePort(port);
    expect(mine).not.toBe(port);
    releasePort(mine);
    const gone = new Promise((settle) => other.once('exit', settle));
    other.kill('SIGKILL');
    await gone;
    expect(await freePort(port)).toBe(port);
    releasePort(port);
    rmSync(dir, { recursive: true, force: true });
  });

  it('is not one that somebody listens on', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const mine = await freePort(port);
    expect(mine).not.toBe(port);
    releasePort(mine);
    await new Promise((closed) => server.close(closed));
  });
});

import { createServer, type ListenOptions, type Server } from 'node:net';

/** Below the range outgoing connections take their own ports from (32768 and up). */
const lowest = 20_000;
const highest = 32_000;
const mostTries = 200;

const held = new Map<number, Server>();

function listening(where: ListenOptions): Promise<Server | undefined> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(undefined));
    server.listen(where, () => settle(server));
  });
}

async function isFree(port: number): Promise<boolean> {
  const probe = await listening({ port, host: '127.0.0.1' });
  if (!probe) return false;
  await new Promise((closed) => probe.close(closed));
  return true;
}

/**
 * Holds the number itself, not the port: a socket in Linux's abstract namespace, which one process can have and which is gone with it.
 * Whoever is started later may take the port, no other start is given it meanwhile.
 */
async function hold(port: number): Promise<boolean> {
  const holder = await listening({ path: `\0shidang-port-${port}` });
  if (!holder) return false;
  if (!(await isFree(port))) {
    holder.close();
    return false;
  }
  held.set(port, holder.unref());
  return true;
}

const anyPort = (): number => lowest + Math.floor(Math.random() * (highest - lowest));

/** The wanted port if it is free, else any free one; this process's until `releasePort` or its end. */
export async function freePort(wanted = 0): Promise<number> {
  if (wanted > 0 && (await hold(wanted))) return wanted;
  for (let tries = 0; tries < mostTries; tries++) {
    const port = anyPort();
    if (await hold(port)) return port;
  }
  throw new Error(`no free TCP port on 127.0.0.1 between ${lowest} and ${highest}`);
}

/** What was started there has ended: the number may be given out again. */
export function releasePort(port: number): void {
  held.get(port)?.close();
  held.delete(port);
}

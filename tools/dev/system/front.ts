import { connect, createServer, type Socket } from 'node:net';

/** One of several gateways. */
export interface Door {
  readonly port: number;
  readonly healthPort: number;
}

export interface Front {
  close(): Promise<void>;
}

const lookMilliseconds = 250;

/** Whether it answers that it is ready; one that is stopping, starting or frozen gets no new connection. */
const isReady = ({ healthPort }: Door): Promise<boolean> =>
  fetch(`http://127.0.0.1:${healthPort}/ready`, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Both ways until one side has had enough; bytes are not looked at. */
function join(client: Socket, door: Socket): void {
  client.pipe(door);
  door.pipe(client);
  for (const [one, other] of [
    [client, door],
    [door, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

/** Nothing has been sent yet: whoever does not take the connection is passed over. */
function passOn(client: Socket, [door, ...others]: readonly Door[]): void {
  if (!door || client.destroyed) {
    client.destroy();
    return;
  }
  const tried = connect({ port: door.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const refused = () => passOn(client, others);
  tried.once('error', refused);
  tried.once('connect', () => {
    tried.off('error', refused);
    join(client, tried);
  });
}

/** One address for all doors of a system: connections go to them in turn, to ready ones first (ADR 0093). */
export async function openFront(port: number, doors: readonly Door[]): Promise<Front> {
  const open = new Set<Socket>();
  let ready: readonly Door[] = doors;
  let turn = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => open.delete(client));
    turn += 1;
    const inTurn = doors.map((_, at) => doors[(at + turn) % doors.length]!);
    passOn(client, [
      ...inTurn.filter((door) => ready.includes(door)),
      ...inTurn.filter((door) => !ready.includes(door)),
    ]);
  });
  const look = setInterval(() => {
    void Promise.all(doors.map(isReady)).then((are) => (ready = doors.filter((_, at) => are[at])));
  }, lookMilliseconds);
  look.unref();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  return {
    async close() {
      clearInterval(look);
      const closed = new Promise((settle) => server.close(settle));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

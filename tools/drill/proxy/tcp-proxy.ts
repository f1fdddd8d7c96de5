import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Looks at the bytes of one connection before they go on; `true` stops the connection there for good. */
export interface Watch {
  readonly fromClient: (bytes: Buffer) => boolean;
  readonly fromServer: (bytes: Buffer) => boolean;
}

/** Carries connections to a server and lets a watch stop one between two bytes. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async listen(target: { host: string; port: number }, watch: () => Watch): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const proxy = new TcpProxy(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => proxy.carry(client, connect(target), watch()));
    return proxy;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }

  private carry(client: Socket, server: Socket, watch: Watch): void {
    let stopped = false;
    const pass = (from: Socket, to: Socket, look: (bytes: Buffer) => boolean) => {
      this.sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        stopped ||= look(bytes);
        // a stopped connection stays open and silent until its client is dead
        if (!stopped) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    };
    pass(client, server, watch.fromClient);
    pass(server, client, watch.fromServer);
  }
}

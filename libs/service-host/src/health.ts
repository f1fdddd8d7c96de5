import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge } from 'prom-client';
import type { Metrics } from './metrics';
import { within } from './within';

/** A dependency readiness asks; liveness asks none, so that a broken database does not restart every service. */
export interface Probe {
  name: string;
  check: () => Promise<unknown>;
}

const answers = ({ check }: Probe): Promise<boolean> =>
  within(check()).then(
    () => true,
    () => false,
  );

/** /live, /ready and /metrics, apart from any business traffic. */
export class Health {
  private server?: Server;
  private accepting = false;

  constructor(
    private readonly metrics: Metrics,
    private readonly probes: readonly Probe[],
  ) {
    const states = () => Promise.all(probes.map(async (probe) => [probe.name, await answers(probe)] as const));
    new Gauge({
      name: 'shidang_dependency_up',
      help: '1 = what this process stands on (postgresql, nats) answers within two seconds',
      labelNames: ['dependency'] as const,
      registers: [metrics.registry],
      async collect() {
        for (const [dependency, up] of await states()) this.set({ dependency }, up ? 1 : 0);
      },
    });
  }

  async listen(port: number, host = '127.0.0.1'): Promise<number> {
    this.server = createServer((request, response) => void this.answer(request.url ?? '', response));
    await new Promise<void>((resolve, reject) => {
      this.server!.once('error', reject).listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** From here on /ready depends on the probes; `false` while starting and stopping. */
  accept(accepting: boolean): void {
    this.accepting = accepting;
    this.metrics.ready.set(accepting ? 1 : 0);
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(url: string, response: ServerResponse): Promise<void> {
    if (url === '/live') return send(response, 200, { live: true });
    if (url === '/ready') {
      const failing = this.accepting ? await this.failing() : ['starting or stopping'];
      return send(response, failing.length === 0 ? 200 : 503, { ready: failing.length === 0, failing });
    }
    if (url === '/metrics') {
      response.setHeader('content-type', this.metrics.registry.contentType);
      response.end(await this.metrics.registry.metrics());
      return;
    }
    send(response, 404, {});
  }

  private async failing(): Promise<string[]> {
    const up = await Promise.all(this.probes.map(answers));
    return this.probes.filter((_, at) => !up[at]).map(({ name }) => name);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

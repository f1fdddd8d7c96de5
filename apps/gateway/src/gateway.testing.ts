import { Guarded, freePort, runOf, type Ended } from '@shidang/dev';
import { readConfig, startGateway } from '@shidang/service-host/gateway';
import {
  databaseFor,
  environmentFor,
  eventually,
  natsForSuite,
  type SuiteDatabase,
  type SuiteNats,
} from '@shidang/testing';
import { ReadyMade } from '@shidang/bus';
import { Refusal, type InternalContract, type ReadyMadeContract, type RequestContract } from '@shidang/contracts';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { door } from './door';
import { GatewayConfig } from './gateway.config';

export const goodPassword = 'Xk7-mPwq2Tz';

export interface Asked {
  method?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answered<B = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: B;
}

/** The gateway in this process, on a NATS of its own; services join as child processes or as answering connections. */
export class RunningGateway {
  private constructor(
    readonly nats: SuiteNats,
    readonly url: string,
    private readonly stopDoor: () => Promise<void>,
  ) {}

  static async start(settings: Partial<GatewayConfig> = {}): Promise<RunningGateway> {
    const nats = await natsForSuite();
    const environment = await environmentFor('gateway', { nats });
    const config = readConfig(GatewayConfig, { ...environment, PORT: '0', LOG_LEVEL: 'silent', COOKIE_SECURE: '0' });
    const { app, stop } = await startGateway(door, Object.assign(config, settings));
    return new RunningGateway(nats, (await app.getUrl()).replace('[::1]', '127.0.0.1'), stop);
  }

  async stop(): Promise<void> {
    await this.stopDoor();
    await this.nats.stop();
  }

  /** From here on the owner of the contract is played like this; a refusal thrown is its refusal. */
  async answers<Req extends object, Rep extends object>(
    contract: RequestContract<Req, Rep> | InternalContract<Req, Rep>,
    answer: (payload: Req, header: (name: string) => string) => Rep | Promise<Rep>,
  ): Promise<void> {
    const connection = await this.nats.connect(contract.service);
    connection.subscribe(contract.subject, {
      callback: (_, message) => {
        const { id, data } = JSON.parse(message.string()) as { id: string; data: Req };
        const reply = (body: object) => message.respond(JSON.stringify({ id, isDisposed: true, ...body }));
        Promise.resolve()
          .then(() => answer(data, (name) => message.headers?.get(name) ?? ''))
          .then(
            (response) => reply({ response }),
            (error: unknown) => reply({ err: error instanceof Refusal ? { refusal: error.body } : { fault: true } }),
          );
      },
    });
    await connection.flush();
  }

  /** From here on the owner answers it with this text, or as any other where it refuses. */
  async answersReadyMade<Req extends object, Rep extends object>(
    contract: ReadyMadeContract<Req, Rep>,
    answer: (payload: Req) => string,
  ): Promise<void> {
    const connection = await this.nats.connect(contract.service);
    connection.subscribe(contract.subject, {
      callback: (_, message) => {
        const { id, data } = message.json<{ id: string; data: Req }>();
        try {
          const { bytes, head } = ReadyMade.of<Rep>(answer(data));
          message.respond(bytes, { headers: head });
        } catch (refused) {
          message.respond(JSON.stringify({ id, isDisposed: true, err: { refusal: (refused as Refusal).body } }));
        }
      },
    });
    await connection.flush();
  }

  /** Below /api/v1. A body that is not a string, buffer or form goes as JSON. */
  async ask<B = Record<string, unknown>>(
    path: string,
    { method = 'GET', token, body, headers = {} }: Asked = {},
  ): Promise<Answered<B>> {
    const raw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body !== undefined && !(body instanceof FormData) ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: raw ? body : body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as B };
  }

  post<B = Record<string, unknown>>(path: string, body: unknown, asked: Asked = {}): Promise<Answered<B>> {
    return this.ask<B>(path, { method: 'POST', body, ...asked });
  }
}

let people = 0;

/** An invented citizen number with its right check character; never the same twice in a run. */
export function aDocument(): { type: string; number: string } {
  people += 1;
  const first17 = `33110219${String(60 + Math.floor(people / 900))}0101${String(100 + (people % 900))}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...first17].reduce((total, digit, at) => total + Number(digit) * (weights[at] ?? 0), 0);
  return { type: '1', number: first17 + '10X98765432'.charAt(sum % 11) };
}

/** One of our apps as a process of its own. */
export class AppProcess {
  private constructor(
    private readonly process: Guarded,
    private readonly healthPort: number,
    private readonly home: string,
  ) {}

  static async start(app: 'gateway' | 'identity', environment: NodeJS.ProcessEnv): Promise<AppProcess> {
    const port = await freePort();
    const home = mkdtempSync(join(tmpdir(), 'shidang-gateway-'));
    const started = Guarded.start({
      name: app,
      command: process.execPath,
      args: [...runOf(app)],
      env: { ...environment, PORT_HEALTH: String(port) },
      log: join(home, `${app}.log`),
      stopSignal: 'SIGTERM',
      graceSeconds: 20,
    });
    const running = new AppProcess(started, port, home);
    await eventually(() => running.isReady(), `${app} is ready`, { timeout: 30_000 });
    return running;
  }

  isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.healthPort}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** SIGTERM; settles when the process has ended. */
  async stop(): Promise<Ended> {
    const ended = await this.process.stop();
    rmSync(this.home, { recursive: true, force: true });
    return ended;
  }
}

/** The real identity service as a process of its own, on a database of its own. */
export class IdentityProcess {
  private constructor(
    readonly database: SuiteDatabase,
    private readonly process: AppProcess,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async start(nats: SuiteNats): Promise<IdentityProcess> {
    const database = await databaseFor('identity');
    const environment = await environmentFor('identity', { nats, database });
    return new IdentityProcess(database, await AppProcess.start('identity', environment), environment);
  }

  isReady = (): Promise<boolean> => this.process.isReady();

  /** SIGTERM; its database stays until `stop`. */
  end = (): Promise<Ended> => this.process.stop();

  async stop(): Promise<void> {
    await this.end();
    await this.database.drop();
  }

  /** The activation slip of the first central administrator. */
  async firstAdministrator(): Promise<{ loginName: string; code: string }> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...runOf('identity'), 'admin', 'create', '--organisation', '教育部', '--json'],
      { env: this.environment },
    );
    const { loginName, code } = JSON.parse(stdout) as { loginName: string; code: string };
    return { loginName, code };
  }
}

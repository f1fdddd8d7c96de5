import type { Caller } from '@shidang/access';
import { BusClient, CallerSigner, natsClient, newTrace, type Call } from '@shidang/bus';
import type { EventContract, Fact, InternalContract, RequestContract, ServiceName } from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { readConfig, startService, type Running, type Service, type ServiceConfig } from '@shidang/service-host';
import { headers, JSONCodec, type NatsConnection } from 'nats';
import { databaseFor, type SuiteDatabase } from './database';
import { environmentFor, identityKeys } from './environment';
import { natsForSuite, type SuiteNats } from './nats';
import { sentApplying, type FactTold, type Sent } from './statements';

/** One service in this process against a PostgreSQL database and a NATS of its own; other services are played by bare connections. */
export class ServiceSuite {
  private readonly connections = new Map<ServiceName, Promise<NatsConnection>>();

  private constructor(
    readonly database: SuiteDatabase,
    readonly nats: SuiteNats,
    readonly running: Running,
    private readonly bus: BusClient,
    private readonly signer: CallerSigner,
  ) {}

  /** `environment` on top of what `npm start` would give the service. */
  static async start<C extends ServiceConfig>(
    service: Service<C>,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<ServiceSuite> {
    const [database, nats] = await Promise.all([databaseFor(service.name), natsForSuite()]);
    const given = await environmentFor(service.name, { nats, database });
    process.env['SHIDANG_THROW_AWAY_DATABASE'] = given['SHIDANG_THROW_AWAY_DATABASE'];
    const config = readConfig(service.config, { ...given, LOG_LEVEL: 'error', ...environment });
    const running = await startService(service, config);
    const bus = new BusClient(natsClient(nats.access('gateway')), 'gateway');
    await bus.connect();
    return new ServiceSuite(database, nats, running, bus, await CallerSigner.from(identityKeys().privateKey));
  }

  async stop(): Promise<void> {
    await this.bus.close();
    await this.running.stop();
    await this.nats.stop();
    await this.database.drop();
  }

  /** Asks as the gateway would, on behalf of a caller identity has signed. */
  async ask<Req extends object, Rep extends object>(
    contract: RequestContract<Req, Rep>,
    payload: Req,
    caller: Caller,
    conditions: Partial<Call> = {},
  ): Promise<Rep> {
    const token = await this.signer.sign(caller);
    return this.bus.request(contract, payload, {
      token,
      traceparent: newTrace(),
      deadline: Date.now() + 6_000,
      ...conditions,
    });
  }

  /** A signed caller, as identity hands it out. */
  tokenOf(caller: Caller): Promise<string> {
    return this.signer.sign(caller);
  }

  /** Tells a fact as its owner would; the same id again is a redelivery. Answers the message id. */
  async tell<F extends Fact>(
    event: EventContract<F>,
    fact: Omit<F, 'at'> & { at?: string },
    messageId = newId(),
  ): Promise<string> {
    const connection = await this.as(event.service);
    const head = headers();
    head.set('Nats-Msg-Id', messageId);
    head.set('traceparent', newTrace());
    const data = JSONCodec().encode({ at: new Date().toISOString(), ...fact });
    await connection.jetstream().publish(event.subject, data, { headers: head });
    return messageId;
  }

  /** What applying a fact sends to the database. */
  applied<F extends Fact>(...told: FactTold<F>): Promise<Sent> {
    return sentApplying(this.running, ...told);
  }

  /** From here on the owner of the contract answers it like this. Returns the end of it. */
  async answers<Req extends object, Rep extends object>(
    contract: InternalContract<Req, Rep> | RequestContract<Req, Rep>,
    answer: (payload: Req) => Rep | Promise<Rep>,
  ): Promise<() => void> {
    const connection = await this.as(contract.service);
    const codec = JSONCodec<{ id: string; data: Req }>();
    const subscription = connection.subscribe(contract.subject, {
      callback: (_, message) => {
        const { id, data } = codec.decode(message.data);
        const reply = (body: object) => message.respond(JSONCodec().encode({ id, isDisposed: true, ...body }));
        Promise.resolve()
          .then(() => answer(data))
          .then(
            (response) => reply({ response }),
            (error: { body?: unknown }) => reply({ err: error.body ? { refusal: error.body } : { fault: true } }),
          );
      },
    });
    await connection.flush();
    return () => subscription.unsubscribe();
  }

  /** One connection per user for the whole suite; `nats.stop` closes them. */
  private as(user: ServiceName): Promise<NatsConnection> {
    const known = this.connections.get(user) ?? this.nats.connect(user);
    this.connections.set(user, known);
    return known;
  }

  /** As superuser: past row-level security. For looking, not for the code under test. */
  rows<Row extends object>(text: string, params: unknown[] = []): Promise<Row[]> {
    return this.database.rows<Row>(text, params);
  }
}

import type { Caller, Role } from '@shidang/access';
import { childPath, codeOfPath, tierOfPath } from '@shidang/access';
import { BusClient, CallerSigner, natsClient, newTrace, publishFact, type NatsConnection } from '@shidang/bus';
import {
  organisationFounded,
  Refusal,
  type EventContract,
  type Fact,
  type RequestContract,
  type ServiceName,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { readConfig, startService, type Running } from '@shidang/service-host';
import {
  databaseFor,
  environmentFor,
  identityKeys,
  natsForSuite,
  type SuiteDatabase,
  type SuiteNats,
} from '@shidang/testing';
import { ReportingConfig } from './reporting.config';
import { reporting } from './reporting.service';

export const paths = {
  province: '0.33.',
  city: '0.33.3311.',
  county: '0.33.3311.331102.',
  otherCounty: '0.33.3311.331121.',
  school: '0.33.3311.331102.2133001234.',
  otherSchool: '0.33.3311.331121.2133002345.',
  cityRun: '0.33.3311.2133001999.',
} as const;

const namesOf: Readonly<Record<string, string>> = {
  [paths.province]: '浙江省教育厅',
  [paths.city]: '丽水市教育局',
  [paths.county]: '莲都区教育局',
  [paths.otherCounty]: '青田县教育局',
  [paths.school]: '实验小学',
  [paths.otherSchool]: '鹤城小学',
  [paths.cityRun]: '丽水市实验学校',
};

export const aCaller = (
  orgPath: string,
  role: Role = 'informationAdministrator',
  over: Partial<Caller> = {},
): Caller => ({
  accountId: newId(),
  personId: newId(),
  postId: newId(),
  role,
  tier: tierOfPath(orgPath),
  orgPath,
  orgCode: codeOfPath(orgPath),
  ...over,
});

interface Headers {
  idempotencyKey?: string;
  ifMatch?: string;
}

/** The code of the refusal, so that a test names it; anything else fails the test. */
export async function refusalOf(run: Promise<unknown>): Promise<string> {
  const outcome = await run.then(
    () => 'was not refused',
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome.body.code;
  throw outcome instanceof Error ? outcome : new Error(String(outcome));
}

/** The real service on its own database and NATS, told facts as their owners tell them, asked as the gateway asks. */
export class RunningReporting {
  private readonly tellers = new Map<ServiceName, Promise<NatsConnection>>();

  private constructor(
    readonly database: SuiteDatabase,
    readonly nats: SuiteNats,
    readonly service: Running,
    private readonly gateway: BusClient,
    private readonly signer: CallerSigner,
  ) {}

  static async start(settings: Partial<ReportingConfig> = {}): Promise<RunningReporting> {
    const [database, nats] = await Promise.all([databaseFor('reporting'), natsForSuite()]);
    const environment = await environmentFor('reporting', { nats, database });
    const level = process.env['LOG_LEVEL'] ?? 'silent';
    const config = readConfig(ReportingConfig, { ...environment, LOG_LEVEL: level });
    const service = await startService(reporting, Object.assign(config, settings));
    const gateway = new BusClient(natsClient(nats.access('gateway')), 'gateway');
    await gateway.connect();
    return new RunningReporting(database, nats, service, gateway, await CallerSigner.from(identityKeys().privateKey));
  }

  async stop(): Promise<void> {
    await this.gateway.close();
    await this.service.stop();
    await this.nats.stop();
    await this.database.drop();
  }

  async ask<Req extends object, Rep extends object>(
    contract: RequestContract<Req, Rep>,
    payload: Req,
    caller: Caller,
    headers: Headers = {},
  ): Promise<Rep> {
    const token = await this.signer.sign(caller);
    const call = { token, traceparent: newTrace(), deadline: Date.now() + 6_000, contract: contract.name, ...headers };
    return this.gateway.request(contract, payload, call);
  }

  /** Puts a fact on its owner's stream; the message id may be given to tell it again. */
  async tell<F extends Fact>(event: EventContract<F>, fact: Omit<F, 'at'>, id = newId()): Promise<void> {
    const connection = await this.teller(event.service);
    const payload = { at: new Date().toISOString(), ...fact };
    await publishFact(connection, { id, aggregate_id: id, subject: event.subject, payload, traceparent: newTrace() });
  }

  /** Founds the organisations of `paths`, the ones above first. */
  async foundTree(): Promise<void> {
    const category = 'primarySecondary';
    for (const orgPath of Object.values(paths)) {
      const school = tierOfPath(orgPath) === 'school';
      await this.tell(organisationFounded, {
        orgPath,
        code: codeOfPath(orgPath),
        name: namesOf[orgPath]!,
        tier: tierOfPath(orgPath),
        parentCode: undefined,
        version: 1,
        ...(school ? { category } : {}),
      });
    }
  }

  /** Looking at the tables past row-level security. */
  rows<Row extends Record<string, unknown>>(text: string, params: unknown[] = []): Promise<Row[]> {
    return this.database.rows<Row>(text, params);
  }

  private teller(service: ServiceName): Promise<NatsConnection> {
    const known = this.tellers.get(service) ?? this.nats.connect(service);
    this.tellers.set(service, known);
    return known;
  }
}

export const schoolBelow = (authority: string, serial: number): string =>
  childPath(authority, `21330${String(serial).padStart(5, '0')}`);

import type { Caller, Role } from '@shidang/access';
import { BusClient, CallerVerifier, natsClient, newTrace, type Call, type NatsAccess } from '@shidang/bus';
import {
  createAccount,
  createSession,
  issueAccountBatch,
  redeemActivation,
  Refusal,
  resolveSession,
  type ActivationSlip,
  type EventContract,
  type Fact,
  type InternalContract,
  type RequestContract,
  type SessionCreated,
} from '@shidang/contracts';
import type { Running } from '@shidang/service-host';
import { FirstAdministrator } from './administration/create-administrator';

export const goodPassword = 'Xk7-mPwq2Tz';

export interface SignedIn {
  caller: Caller;
  /** Of the session, as the browser holds it. */
  sessionToken: string;
  session: SessionCreated;
  slip: ActivationSlip;
}

interface Headers {
  idempotencyKey?: string;
  ifMatch?: string;
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

/** The code of the refusal, so that a test names it; anything else fails the test. */
export async function refusalOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
    return 'was not refused';
  } catch (error) {
    if (error instanceof Refusal) return error.body.code;
    throw error;
  }
}

/** What of a suite is needed here: `ServiceSuite` of libs/testing, which only specs may name. */
interface Suite {
  readonly running: Running;
  readonly database: { readonly appUrl: string };
  readonly nats: { access(user: 'gateway' | 'records'): NatsAccess };
  rows<Row extends object>(text: string, params?: unknown[]): Promise<Row[]>;
  tell<F extends Fact>(event: EventContract<F>, fact: F, messageId?: string): Promise<string>;
  stop(): Promise<void>;
}

/** The real service, asked as the gateway and the other services ask: with sessions, not with callers made up by the test. */
export class RunningIdentity {
  private constructor(
    readonly suite: Suite,
    private readonly gateway: BusClient,
    private readonly records: BusClient,
  ) {}

  static async on(suite: Suite): Promise<RunningIdentity> {
    const gateway = new BusClient(natsClient(suite.nats.access('gateway')), 'gateway');
    const records = new BusClient(natsClient(suite.nats.access('records')), 'records');
    await Promise.all([gateway.connect(), records.connect()]);
    return new RunningIdentity(suite, gateway, records);
  }

  async stop(): Promise<void> {
    await Promise.all([this.gateway.close(), this.records.close()]);
    await this.suite.stop();
  }

  /** As a caller, resolved as the gateway does before each request, or without one for what is public. */
  async ask<Req extends object, Rep extends object>(
    contract: RequestContract<Req, Rep>,
    payload: Req,
    who?: Pick<SignedIn, 'sessionToken'>,
    headers: Headers = {},
  ): Promise<Rep> {
    const token = who && (await this.fromGateway(resolveSession, { token: who.sessionToken })).callerToken;
    const call: Call = {
      token,
      traceparent: newTrace(),
      deadline: Date.now() + 6_000,
      contract: contract.name,
      ...headers,
    };
    return this.gateway.request(contract, payload, call);
  }

  fromGateway<Req extends object, Rep extends object>(
    contract: InternalContract<Req, Rep>,
    payload: Req,
  ): Promise<Rep> {
    return this.gateway.ask(contract, payload);
  }

  fromRecords<Req extends object, Rep extends object>(
    contract: InternalContract<Req, Rep>,
    payload: Req,
  ): Promise<Rep> {
    return this.records.ask(contract, payload);
  }

  /** Looking at the tables past row-level security. */
  rows<Row extends object>(text: string, params: unknown[] = []): Promise<Row[]> {
    return this.suite.rows<Row>(text, params);
  }

  /** The first central administrator, activated and logged in. */
  async centre(): Promise<SignedIn> {
    const slip = await this.suite.running.app.get(FirstAdministrator).create({ organisation: '教育部', another: true });
    return this.activate(slip!);
  }

  async activate(slip: ActivationSlip, name = '张三', document = aDocument()): Promise<SignedIn> {
    await this.ask(redeemActivation, { code: slip.code, password: goodPassword, name, document });
    return this.logIn(slip);
  }

  async logIn(slip: ActivationSlip, password = goodPassword): Promise<SignedIn> {
    const session = await this.ask(createSession, { loginName: slip.loginName, password });
    const { callerToken } = await this.fromGateway(resolveSession, { token: session.token });
    const caller = await this.callerOf(callerToken);
    return { caller: caller!, sessionToken: session.token, session, slip };
  }

  callerOf(token: string): Promise<Caller | null> {
    return this.suite.running.app.get(CallerVerifier).verify(token);
  }

  /** The system administrator of an organisation directly below, activated and logged in. */
  async administratorBelow(above: SignedIn, organisation: string): Promise<SignedIn> {
    const { slips } = await this.ask(
      issueAccountBatch,
      { organisations: [organisation], role: 'systemAdministrator' },
      above,
    );
    return this.activate(slips[0]!);
  }

  /** A user of the administrator's own organisation, activated and logged in. */
  async user(of: SignedIn, role: Role): Promise<SignedIn> {
    return this.activate(await this.ask(createAccount, { role }, of));
  }
}

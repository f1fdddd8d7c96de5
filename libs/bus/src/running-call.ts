import type { Caller } from '@shidang/access';
import type { Asker, InternalContract, RequestContract } from '@shidang/contracts';
import type { NatsContext } from '@nestjs/microservices';
import { during, follow, newTrace } from '@shidang/tracing';
import { headerNames, serviceMilliseconds, withCall, type Call } from './call';
import { toPayload } from './payload';
import type { Intake } from './intake';
import type { AroundCall } from './refused-calls';

/** Who the guard let in, and what runs around the handler in this service. */
export interface LetIn {
  /** A caller (request) or a service (internal); nobody where a contract is public. */
  readonly asker?: Caller | Asker;
  readonly around: AroundCall;
  readonly intake: Intake;
}

const letIn = new WeakMap<NatsContext, LetIn>();

/** The guard's word, before the handler runs. */
export const admit = (context: NatsContext, entry: LetIn): void => void letIn.set(context, entry);

type Handler = (this: object, payload: object, asker: Caller | Asker | undefined) => Promise<unknown>;
type Wrapped = (this: object, data: unknown, context: NatsContext) => Promise<unknown>;

/**
 * The handler inside its call: trace, deadline, idempotency key and version condition are there for whoever asks, and its payload is checked when its
 * turn has come. @throws when no guard has let it in.
 */
export const runningCall = (contract: RequestContract | InternalContract, handler: Handler): Wrapped =>
  function (data, context) {
    const entry = letIn.get(context);
    if (!entry) throw new Error(`${contract.name} was reached past its guard`);
    const { asker, around, intake } = entry;
    const { name } = contract;
    const header = (key: string): string | undefined => context.getHeaders()?.get(key) || undefined;
    const askedBy = header(headerNames.from);
    const attributes = { 'rpc.system': 'nats', 'rpc.method': name, 'shidang.asked_by': askedBy };
    const step = follow(header(headerNames.traceparent), { name, kind: 'server', attributes });
    const call: Call = {
      token: header(headerNames.token),
      traceparent: step?.traceparent ?? header(headerNames.traceparent) ?? newTrace(),
      // time-outs shrink inward: whoever asked may wait longer than this service gives itself
      deadline: Math.min(Number(header(headerNames.deadline)) || Infinity, Date.now() + serviceMilliseconds),
      idempotencyKey: header(headerNames.idempotencyKey),
      ifMatch: header(headerNames.ifMatch),
      address: header(headerNames.address),
      language: header(headerNames.language),
      contract: name,
    };
    const caller = typeof asker === 'object' ? asker : undefined;
    const answer = async () => handler.call(this, toPayload(contract.request, data), asker);
    const run = () => withCall(call, () => around.run(contract, caller, data, answer));
    return during(step, () => intake.handle(contract, askedBy, call.deadline, run));
  };

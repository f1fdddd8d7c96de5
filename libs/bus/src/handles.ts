import type { Caller } from '@shidang/access';
import type { Asker, InternalContract, ReadyMadeContract, RequestContract } from '@shidang/contracts';
import { SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { Ctx, MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { CallGuard } from './call-guard';
import { CONTRACT } from './contract-metadata';
import type { ReadyMade } from './ready-made';
import { RefusalFilter } from './refusal-filter';
import { runningCall } from './running-call';

type RequestHandler<Req, Rep> = (command: Req, caller: Caller) => Promise<Rep>;
type InternalHandler<Req, Rep> = (command: Req, from: Asker) => Promise<Rep>;
/** Generic in the method, so that one taking fewer parameters fits too. */
type Decorates<F> = <M extends F>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>) => void;

/**
 * Answers a contract on NATS. Token, permission, deadline and payload are checked before the method runs, and a
 * refusal becomes the reply: none of it can be forgotten, because all of it hangs on this one decorator.
 * A method whose types do not fit the contract does not compile.
 */
export function Handles<Req extends object, Rep extends object>(
  contract: ReadyMadeContract<Req, Rep>,
): Decorates<RequestHandler<Req, ReadyMade<Rep>>>;
export function Handles<Req extends object, Rep extends object>(
  contract: RequestContract<Req, Rep>,
): Decorates<RequestHandler<Req, Rep>>;
export function Handles<Req extends object, Rep extends object>(
  contract: InternalContract<Req, Rep>,
): Decorates<InternalHandler<Req, Rep>>;
export function Handles(contract: RequestContract | InternalContract) {
  return (target: object, key: string, descriptor: PropertyDescriptor) => {
    // around the method itself: an interceptor would do the same through a handful of observables
    descriptor.value = runningCall(contract, descriptor.value as Parameters<typeof runningCall>[1]);
    SetMetadata(CONTRACT, contract)(target, key, descriptor);
    // the transport is named: with two transports in one app every strategy would subscribe every handler
    MessagePattern(contract.subject, Transport.NATS, { effect: contract.effect })(target, key, descriptor);
    UseGuards(CallGuard)(target, key, descriptor);
    UseFilters(RefusalFilter)(target, key, descriptor);
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}

import type { Caller } from '@shidang/access';
import type { Asker, InternalContract, ReadyMadeContract, RequestContract } from '@shidang/contracts';
import { createParamDecorator, SetMetadata, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { MessagePattern, Payload, Transport, type NatsContext } from '@nestjs/microservices';
import { CallGuard, callerOf } from './call-guard';
import { CallInterceptor } from './call-interceptor';
import { CONTRACT } from './contract-metadata';
import { ContractPipe } from './contract-pipe';
import type { ReadyMade } from './ready-made';
import { RefusalFilter } from './refusal-filter';

const AsksAs = createParamDecorator((_: unknown, context) => callerOf(context.switchToRpc().getContext<NatsContext>()));

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
    SetMetadata(CONTRACT, contract)(target, key, descriptor);
    // the transport is named: with two transports in one app every strategy would subscribe every handler
    MessagePattern(contract.subject, Transport.NATS, { effect: contract.effect })(target, key, descriptor);
    UseGuards(CallGuard)(target, key, descriptor);
    UseInterceptors(CallInterceptor)(target, key, descriptor);
    UseFilters(RefusalFilter)(target, key, descriptor);
    Payload(new ContractPipe(contract.request))(target, key, 0);
    AsksAs()(target, key, 1);
  };
}

import type { Caller } from '@shidang/access';
import type { InternalContract, RequestContract } from '@shidang/contracts';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { during, follow, newTrace } from '@shidang/tracing';
import type { NatsContext } from '@nestjs/microservices';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { headerNames, serviceMilliseconds, withCall, type Call } from './call';
import { callerOf } from './call-guard';
import { CONTRACT } from './contract-metadata';
import { Intake } from './intake';
import { AroundCall } from './refused-calls';

/** Runs the handler inside its call: trace, deadline, idempotency key and version condition are there for whoever asks. */
@Injectable()
export class CallInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly around: AroundCall,
    private readonly intake: Intake,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const contract = this.reflector.get<RequestContract | InternalContract>(CONTRACT, context.getHandler());
    const rpc = context.switchToRpc();
    const nats = rpc.getContext<NatsContext>();
    const header = (name: string): string | undefined => nats.getHeaders()?.get(name) || undefined;
    const asker = callerOf(nats);
    const { name } = contract;
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
    const caller: Caller | undefined = typeof asker === 'object' ? asker : undefined;
    const run = () =>
      withCall(call, () =>
        this.around.run(contract, caller, rpc.getData(), () => lastValueFrom(next.handle(), { defaultValue: {} })),
      );
    return from(during(step, () => this.intake.handle(contract, askedBy, call.deadline, run)));
  }
}

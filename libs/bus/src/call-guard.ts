import { allows, type Caller } from '@shidang/access';
import { commonRefusals, type Asker, type InternalContract, type RequestContract } from '@shidang/contracts';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NatsContext } from '@nestjs/microservices';
import { headerNames, withCall } from './call';
import { CallerVerifier } from './caller-token';
import { CONTRACT } from './contract-metadata';
import { Intake } from './intake';
import { AroundCall, RefusedCalls } from './refused-calls';
import { admit } from './running-call';

/** The second lock (A1): the service checks the signed caller and the permission itself, not the gateway's word. */
@Injectable()
export class CallGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: CallerVerifier,
    private readonly refused: RefusedCalls,
    private readonly around: AroundCall,
    private readonly intake: Intake,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const contract = this.reflector.get<RequestContract | InternalContract>(CONTRACT, context.getHandler());
    const nats = context.switchToRpc().getContext<NatsContext>();
    const header = (name: string): string => nats.getHeaders()?.get(name) ?? '';
    const deadline = Number(header(headerNames.deadline));
    if (deadline > 0 && Date.now() > deadline) throw commonRefusals.expired({});
    if (contract.kind === 'internal') return this.letIn(nats, header(headerNames.from) as Asker);
    const caller = await this.verifier.verify(header(headerNames.token));
    if (contract.permission === 'public') return this.letIn(nats);
    if (!caller) throw commonRefusals.unauthenticated({});
    if (!allows(caller, contract.permission)) {
      const refusal = commonRefusals.forbidden({});
      const call = { traceparent: header(headerNames.traceparent), address: header(headerNames.address), deadline };
      await withCall(call, () => this.refused.note(contract, caller, refusal));
      throw refusal;
    }
    return this.letIn(nats, caller);
  }

  private letIn(context: NatsContext, asker?: Caller | Asker): true {
    admit(context, { asker, around: this.around, intake: this.intake });
    return true;
  }
}

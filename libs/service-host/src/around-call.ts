import type { Caller } from '@shidang/access';
import { AroundCall, currentCall, RefusedCalls } from '@shidang/bus';
import { commonRefusals, Refusal, type InternalContract, type RequestContract } from '@shidang/contracts';
import { Work, withRequest, type RequestContext } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { Metrics } from './metrics';

/** Wires bus and persistence around each handler: stored answers, audited refusals, metrics. */
@Injectable()
export class RecordedCall extends AroundCall {
  constructor(
    private readonly work: Work,
    private readonly metrics: Metrics,
    private readonly refused: RefusedCalls,
  ) {
    super();
  }

  async run(
    contract: RequestContract | InternalContract,
    caller: Caller | undefined,
    payload: unknown,
    handler: () => Promise<unknown>,
  ): Promise<unknown> {
    const stop = this.metrics.calls.startTimer({ contract: contract.name });
    let result = 'fault';
    try {
      const answer = await withRequest(contextOf(contract, caller, payload), async () => {
        const before = await this.work.replayed(caller);
        return before ? before.answer : this.answered(caller, handler);
      });
      result = 'done';
      return answer;
    } catch (error) {
      if (error instanceof Refusal) {
        result = error.body.code;
        if (result === commonRefusals.expired.code) this.metrics.expired.inc({ contract: contract.name });
        if (contract.effect === 'write' && caller) await this.refused.note(contract, caller, error);
      }
      throw error;
    } finally {
      stop({ result });
    }
  }

  /**
   * A repetition that came while its original was still at work is refused for what the original has done meanwhile (`already registered`): its answer
   * is then the answer.
   */
  private async answered(caller: Caller | undefined, handler: () => Promise<unknown>): Promise<unknown> {
    try {
      return await handler();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const meanwhile = await this.work.replayed(caller).catch(() => undefined);
      if (meanwhile) return meanwhile.answer;
      throw error;
    }
  }
}

/** Refusals leave a row in the audit (T1). */
@Injectable()
export class AuditedRefusals extends RefusedCalls {
  constructor(private readonly work: Work) {
    super();
  }

  /** Within the request it is about: address and trace stand in the row of a refusal too. */
  note(contract: RequestContract | InternalContract, caller: Caller, refusal: Refusal): Promise<void> {
    return withRequest(contextOf(contract, caller, undefined), () =>
      this.work.auditRefusal(caller, contract.name, refusal),
    );
  }
}

function contextOf(
  contract: RequestContract | InternalContract,
  caller: Caller | undefined,
  payload: unknown,
): RequestContext {
  const call = currentCall();
  const key = call?.idempotencyKey;
  return {
    contract: contract.name,
    effect: contract.effect,
    // a service asks another under the client's key: the owner of the request keeps the answer, not the helper
    idempotencyKey: contract.kind === 'request' ? key : undefined,
    replay: contract.kind === 'request' ? contract.replay : 'never',
    body: key ? JSON.stringify(payload) : undefined,
    caller,
    ifMatch: call?.ifMatch,
    address: call?.address,
    deadline: call?.deadline,
    traceparent: call?.traceparent ?? '',
  };
}

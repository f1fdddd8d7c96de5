import type { Caller } from '@shidang/access';
import type { InternalContract, Refusal, RequestContract } from '@shidang/contracts';

/** Where refusals are written down (T1). The service-host binds it to the audit; the bus knows no database. */
export abstract class RefusedCalls {
  abstract note(contract: RequestContract | InternalContract, caller: Caller, refusal: Refusal): Promise<void>;
}

/** What the service-host puts around each handler: stored answers, audit of refusals, metrics. */
export abstract class AroundCall {
  abstract run(
    contract: RequestContract | InternalContract,
    caller: Caller | undefined,
    payload: unknown,
    handler: () => Promise<unknown>,
  ): Promise<unknown>;
}

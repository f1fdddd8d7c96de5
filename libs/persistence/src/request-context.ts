import type { Caller } from '@shidang/access';
import { currentTrace } from '@shidang/tracing';
import { AsyncLocalStorage } from 'node:async_hooks';

/** What persistence has to know of the request it works for. Put there by the service-host, read by Work. */
export interface RequestContext {
  /** Contract name: the audit's "what". */
  contract: string;
  effect: 'read' | 'write';
  /** `never`: the answer is not kept (W4). */
  replay: 'answer' | 'never';
  caller?: Caller;
  idempotencyKey?: string;
  /** The payload as JSON: the same key with another body is refused. Only a keyed hash of it is kept. */
  body?: string;
  /** Version the client has seen. */
  ifMatch?: string;
  address?: string;
  /** Unix milliseconds after which nobody waits for the answer (L2). */
  deadline?: number;
  /** Why, when the whole request has one reason: an operator's. */
  reason?: string;
  traceparent: string;
}

const storage = new AsyncLocalStorage<RequestContext>();
export const currentRequest = (): RequestContext | undefined => storage.getStore();
export const withRequest = <T>(request: RequestContext, run: () => T): T => storage.run(request, run);

/** On which trace this happens: that of the request, or of the fact that is applied. */
export const traceparentNow = (): string | undefined => currentRequest()?.traceparent || currentTrace();

import { AsyncLocalStorage } from 'node:async_hooks';

/** What travels with one request from hop to hop: who (signed), until when, on which trace, with which conditions. */
export interface Call {
  /** Signed caller; absent on internal requests and while consuming facts. */
  token?: string;
  /** W3C trace context, `00-<trace>-<span>-<flags>`. */
  traceparent: string;
  /** Unix milliseconds after which nobody waits for the answer any more (L2). */
  deadline: number;
  idempotencyKey?: string;
  ifMatch?: string;
  /** Client address, for the audit. */
  address?: string;
  /** Languages the user asked for, as sent. */
  language?: string;
  /** What was asked: contract name. */
  contract?: string;
}

const storage = new AsyncLocalStorage<Call>();

export const currentCall = (): Call | undefined => storage.getStore();
export const withCall = <T>(call: Call, run: () => T): T => storage.run(call, run);

/** Time a service gives itself; the gateway waits 10 s, the client 15 s. */
export const serviceMilliseconds = 6_000;
export const gatewayMilliseconds = 10_000;

export const headerNames = {
  token: 'shidang-caller',
  from: 'shidang-from',
  deadline: 'shidang-deadline',
  traceparent: 'traceparent',
  aggregate: 'shidang-aggregate',
  idempotencyKey: 'idempotency-key',
  ifMatch: 'if-match',
  address: 'shidang-address',
  language: 'accept-language',
  readyMade: 'shidang-ready-made',
} as const;

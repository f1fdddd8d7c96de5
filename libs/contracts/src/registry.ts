import * as auditChain from './audit-chain';
import * as auditTrail from './audit-trail';
import type { AnyContract, EventContract, InternalContract, RequestContract } from './contract';
import * as identity from './identity';
import * as notifications from './notifications';
import * as records from './records';
import * as reporting from './reporting';
import * as review from './review';

function isContract(value: unknown): value is AnyContract {
  return typeof value === 'object' && value !== null && 'kind' in value && 'subject' in value;
}

function collect(): AnyContract[] {
  const found = new Map<string, AnyContract>();
  for (const module of [identity, records, review, reporting, notifications, auditTrail, auditChain] as Record<
    string,
    unknown
  >[]) {
    for (const value of Object.values(module)) {
      if (!isContract(value)) continue;
      const known = found.get(value.subject);
      if (known && known !== value) throw new Error(`subject ${value.subject} is declared twice`);
      found.set(value.subject, value);
    }
  }
  return [...found.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1));
}

/** Every contract of the system, by subject: what streams, grants, OpenAPI and the golden file are made from. */
export const contracts: readonly AnyContract[] = collect();
export const requests = contracts.filter((c): c is RequestContract => c.kind === 'request');
export const internals = contracts.filter((c): c is InternalContract => c.kind === 'internal');
export const events = contracts.filter((c): c is EventContract => c.kind === 'event');

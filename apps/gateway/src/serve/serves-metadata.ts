import type { RequestContract } from '@shidang/contracts';
import type { ServesTerms } from './serves';

/** Metadata key under which a route carries its contract. */
export const SERVES = Symbol('shidang:serves');

export interface Served {
  readonly contract: RequestContract;
  readonly terms: ServesTerms;
}

export function servedBy(handler: object): Served | undefined {
  return Reflect.getMetadata(SERVES, handler) as Served | undefined;
}

/** Metadata key under which a handler carries its contract. */
export const CONTRACT = Symbol('shidang:contract');

/**
 * Names under which the statements are prepared that tell, to whoever reads along between a service and its database, what its transaction is: a
 * caller's write, the effect of messages, facts marked as told. Drills stop services there.
 */
export const landmarks = {
  write: 'idempotency-take',
  effect: 'inbox',
  effects: 'inbox-many',
  told: 'relay-mark',
} as const;

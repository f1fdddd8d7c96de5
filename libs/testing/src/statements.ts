import { currentRequest } from '@shidang/persistence';
import { Client } from 'pg';

/** What requests sent to the database while they were counted. Transaction control and scope travel with something else and are no statements of their own. */
export interface Sent {
  /** Messages that were waited for: each is a round trip. */
  trips: number;
  statements: string[];
}

interface Said {
  readonly text?: string;
  readonly parts?: readonly { readonly text?: string }[];
}

const beside = /^\s*(begin|commit|rollback|select set_config)/i;

/**
 * Counts what handlers in this process send while `run` runs; what goes on beside them (relay, consumers, retention) is not
 * of a request and is left out.
 */
export async function sentBy(run: () => Promise<unknown>): Promise<Sent> {
  const sent: Sent = { trips: 0, statements: [] };
  const prototype = Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const original = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    if (currentRequest()) {
      const said = (typeof args[0] === 'string' ? { text: args[0] } : args[0]) as Said;
      sent.trips += 1;
      for (const { text = '' } of said.parts ?? [said]) if (!beside.test(text)) sent.statements.push(text);
    }
    return original.apply(this, args);
  };
  try {
    await run();
  } finally {
    prototype.query = original;
  }
  return sent;
}

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

/** Texts of all that this process sends to its databases while `run` runs, by whomever, as they go. */
export async function everythingSentBy(
  run: (texts: readonly string[]) => Promise<unknown>,
): Promise<readonly string[]> {
  const texts: string[] = [];
  await listening(
    (said) => texts.push(...(said.parts ?? [said]).map(({ text = '' }) => text)),
    () => run(texts),
  );
  return texts;
}

/**
 * Counts what handlers in this process send while `run` runs; what goes on beside them (relay, consumers, retention) is not
 * of a request and is left out.
 */
export async function sentBy(run: () => Promise<unknown>): Promise<Sent> {
  const sent: Sent = { trips: 0, statements: [] };
  const count = (said: Said) => {
    if (!currentRequest()) return;
    sent.trips += 1;
    for (const { text = '' } of said.parts ?? [said]) if (!beside.test(text)) sent.statements.push(text);
  };
  await listening(count, run);
  return sent;
}

async function listening(hear: (said: Said) => void, run: () => Promise<unknown>): Promise<void> {
  const prototype = Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const original = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    hear((typeof args[0] === 'string' ? { text: args[0] } : args[0]) as Said);
    return original.apply(this, args);
  };
  try {
    await run();
  } finally {
    prototype.query = original;
  }
}

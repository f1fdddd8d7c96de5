import { newTrace } from '@shidang/bus';
import type { DurableName, EventContract, Fact } from '@shidang/contracts';
import { currentRequest, newId, withRequest } from '@shidang/persistence';
import type { Running } from '@shidang/service-host';
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

/** Through which durable a fact comes; the same message id again is a redelivery. */
export type FactTold<F extends Fact> = [
  durable: DurableName,
  event: EventContract<F>,
  fact: Omit<F, 'at'> & { at?: string },
  messageId?: string,
];

/** Runs a fact through its handler in this process, outside the stream. @throws what the handler throws. */
export function sentApplying<F extends Fact>(
  service: Pick<Running, 'redeliver'>,
  ...[durable, event, fact, messageId = newId()]: FactTold<F>
): Promise<Sent> {
  const payload = { at: new Date().toISOString(), ...fact };
  const context = { contract: durable, effect: 'write', replay: 'never', traceparent: newTrace() } as const;
  const letter = { durable, subject: event.subject, messageId, payload };
  return sentBy(() => withRequest(context, () => service.redeliver(letter)));
}

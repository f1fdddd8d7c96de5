import { Refusal } from '@shidang/contracts';

const chain = (error: unknown): unknown[] => {
  const found: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && found.length < 8; at = (at as { cause?: unknown }).cause) {
    found.push(at);
  }
  return found;
};

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');

/** SQLSTATE of a database error: five characters, at least one of them a digit. */
const sqlState = (error: unknown): string | undefined => /^(?=.*\d)[0-9A-Z]{5}$/.exec(codeOf(error))?.[0];

/**
 * What a fault may say in logs and dead letters. Messages of the database and its drivers carry values people typed, so of
 * those only the kind and the SQLSTATE remain; the stack keeps its frames.
 */
export function faultWords(error: unknown): { words: string; frames: string } {
  if (!(error instanceof Error)) return { words: typeof error === 'string' ? error : 'unknown fault', frames: '' };
  const state = chain(error).map(sqlState).find(Boolean);
  const words = state ? `${error.name} ${state}` : error.message;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return { words, frames };
}

/** Connection, operator intervention, resources (a full disk among them), a transaction that outlived a freeze, a lock others held for 3 s. */
const outages = /^(08|57P|53)|^(25P03|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** The drivers have no codes for these. */
const outageWords = /Connection terminated|not queryable|Timeout acquiring a connection/;

const isAway = (error: unknown): boolean =>
  outages.test(codeOf(error)) || (error instanceof Error && outageWords.test(error.message));

/** Something this work needs is away: another service, the database. Trying again helps, burying does not. */
export const isOutage = (error: unknown): boolean =>
  chain(error).some((one) => (one instanceof Refusal ? one.body.kind === 'unavailable' : isAway(one)));

/** Cancelled by the time-out of statements: this work took longer than anybody waits for it, and did nothing. */
export const isOutOfTime = (error: unknown): boolean => chain(error).some((one) => codeOf(one) === '57014');

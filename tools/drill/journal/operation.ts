/** `unknown`: nobody said whether it happened; it may have or not. */
export type Outcome = 'ok' | 'refused' | 'unknown';

/** Ids, counts and marks of an intent or an answer; never names or numbers of people. */
export type Facts = Readonly<Record<string, string | number>>;

/** One line of the journal: one time an operation was asked. Attempts of one operation share `op`, `key` and intent. */
export interface Attempt {
  /** `<lane>:<step>`, unique in a run and the same for the same seed. */
  readonly op: string;
  /** What is asked, by the name of its contract: `records.entry.add`. */
  readonly contract: string;
  readonly account: string;
  /** Idempotency-Key. */
  readonly key: string;
  readonly attempt: number;
  /** W3C trace id that was sent: what the attempt left behind carries it. */
  readonly trace: string;
  readonly intent: Facts;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: Outcome;
  readonly status?: number;
  /** Of a refusal, or of an answer that leaves it unknown. */
  readonly code?: string;
  /** ETag that was answered. */
  readonly version?: string;
  /** What the answer says was made. */
  readonly made?: Facts;
}

/** All attempts of one operation and what became of it. */
export interface Operation {
  readonly op: string;
  readonly contract: string;
  readonly account: string;
  readonly key: string;
  readonly intent: Facts;
  readonly traces: readonly string[];
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: Outcome;
  readonly code?: string;
  readonly version?: string;
  readonly made?: Facts;
}

function operationOf(attempts: readonly Attempt[]): Operation {
  const [first, last] = [attempts[0]!, attempts.at(-1)!];
  const { op, contract, account, key, intent, startedAt } = first;
  const { outcome, code, version, made, endedAt } = last;
  const traces = attempts.map(({ trace }) => trace);
  return { op, contract, account, key, intent, traces, startedAt, endedAt, outcome, code, version, made };
}

/** Operations in the order they were begun. */
export function operationsOf(attempts: readonly Attempt[]): Operation[] {
  const byOp = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const known = byOp.get(attempt.op);
    if (known) known.push(attempt);
    else byOp.set(attempt.op, [attempt]);
  }
  return [...byOp.values()].map(operationOf);
}

import type { Loaded, Shot } from '../load/shots';
import type { Place } from '../place';
import { sumOf, type Cpu } from '../processes';

/** What is asked of one side, for some seconds. */
export interface Asked {
  readonly shots: readonly Shot[];
  /** Answers that make one operation. */
  readonly answersEach?: number;
  readonly connections?: number;
  /** Each shot once: the operation is all of them. */
  readonly once?: boolean;
}

/** One operation of the table in performance.md: ours, the same at the limit, and the goal between them. */
export interface Line {
  readonly key: string;
  readonly title: string;
  /** Ours divided by the limit, at least. */
  readonly goal: number;
  /** Most statements beside transaction and scope; the exact counts are held by statement-counts.int-spec.ts of the services. */
  readonly statements?: number;
  readonly ours: (place: Place) => Promise<Asked> | Asked;
  readonly limit: (place: Place) => Promise<Asked> | Asked;
}

/** One load with the CPU time it cost the asked side, in milliseconds an answer: of all processes, PostgreSQL's too. */
export interface Run extends Loaded {
  readonly cpu: Cpu;
  /** Answers that make one operation. */
  readonly each: number;
}

export interface Measured {
  readonly line: Line;
  /** Operations a second, medians. */
  readonly ours: number;
  readonly limit: number;
  readonly ratio: number;
  /** CPU milliseconds an operation, and limit divided by ours: what throughput comes to when nobody else is at work. */
  readonly cpu: number;
  /** The same by process, of the last run. */
  readonly cpuOf: Cpu;
  readonly limitCpu: number;
  readonly cpuRatio: number;
  readonly met: boolean;
  readonly p50: number;
  readonly p95: number;
  readonly limitP50: number;
  readonly bytes: number;
  readonly refused: Readonly<Record<string, number>>;
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** Medians over the runs; the ratio is that of each run, so that a slow moment hits both. */
export function measured(line: Line, runs: readonly { ours: Run; limit: Run }[]): Measured {
  const of = (pick: (run: (typeof runs)[number]) => number) => median(runs.map(pick));
  const ratio = of(({ ours, limit }) => ours.perSecond / ours.each / limit.perSecond);
  const refused: Record<string, number> = {};
  for (const { ours, limit } of runs)
    for (const [side, { refused: codes }] of Object.entries({ ours, limit }))
      for (const [code, n] of Object.entries(codes)) refused[`${side} ${code}`] = (refused[`${side} ${code}`] ?? 0) + n;
  return {
    line,
    ours: of(({ ours }) => ours.perSecond / ours.each),
    limit: of(({ limit }) => limit.perSecond),
    ratio,
    cpu: of(({ ours }) => sumOf(ours.cpu) * ours.each),
    cpuOf: runs.at(-1)?.ours.cpu ?? {},
    limitCpu: of(({ limit }) => sumOf(limit.cpu)),
    cpuRatio: of(({ ours, limit }) => sumOf(limit.cpu) / (sumOf(ours.cpu) * ours.each)),
    met: ratio >= line.goal,
    p50: of(({ ours }) => ours.p50 * ours.each),
    p95: of(({ ours }) => ours.p95 * ours.each),
    limitP50: of(({ limit }) => limit.p50),
    bytes: runs.at(-1)?.ours.bytes ?? 0,
    refused,
  };
}

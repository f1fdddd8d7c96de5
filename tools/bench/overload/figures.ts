/** One request as the generator saw it. */
export interface Sample {
  readonly kind: string;
  readonly status: number;
  /** From the moment it was due, not from when it was sent: a generator that waits would flatter the system. */
  readonly milliseconds: number;
  /** Of these, until it was written to a connection: the generator's own part. */
  readonly held: number;
}

export interface Figures {
  readonly offered: number;
  /** Answered as wanted, a second. */
  readonly goodput: number;
  readonly p50: number;
  readonly p99: number;
  /** 99th percentile of the same answers, each kind by itself. */
  readonly p99Of: Readonly<Record<string, number>>;
  /** 99th percentile of the generator's own part, of all. */
  readonly held: number;
  readonly refused: number;
  readonly failed: number;
}

const isGood = ({ status }: Sample) => status >= 200 && status < 300;
const isRefused = ({ status }: Sample) => status === 429 || status === 503;

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const ascending = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);
const timesOf = (samples: readonly Sample[]): number[] => ascending(samples.map(({ milliseconds }) => milliseconds));

export function figuresOf(samples: readonly Sample[], seconds: number): Figures {
  const good = samples.filter(isGood);
  const times = timesOf(good);
  const kinds = [...new Set(good.map(({ kind }) => kind))].sort();
  const p99Of = kinds.map((kind) => [kind, percentile(timesOf(good.filter((each) => each.kind === kind)), 0.99)]);
  return {
    offered: samples.length / seconds,
    goodput: good.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    p99Of: Object.fromEntries(p99Of) as Record<string, number>,
    held: percentile(ascending(samples.map(({ held }) => held)), 0.99),
    refused: samples.filter(isRefused).length / seconds,
    failed: samples.filter((each) => !isGood(each) && !isRefused(each)).length / seconds,
  };
}

export const lineOf = (name: string, f: Figures): string =>
  `${name.padEnd(12)} offered ${f.offered.toFixed(0).padStart(5)}/s  good ${f.goodput.toFixed(0).padStart(5)}/s  ` +
  `p50 ${f.p50.toFixed(0).padStart(5)} ms  p99 ${f.p99.toFixed(0).padStart(5)} ms  refused ${f.refused.toFixed(0)}/s  other ${f.failed.toFixed(1)}/s\n` +
  `${' '.repeat(13)}p99 ${Object.entries(f.p99Of)
    .map(([kind, p99]) => `${kind} ${p99.toFixed(0)}`)
    .join('  ')}  held by the generator ${f.held.toFixed(0)} ms`;

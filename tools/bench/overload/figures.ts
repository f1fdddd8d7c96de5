/** One request as the generator saw it. */
export interface Sample {
  readonly kind: string;
  readonly status: number;
  /** From the moment it was due, not from when it was sent: a generator that waits would flatter the system. */
  readonly milliseconds: number;
}

export interface Figures {
  readonly offered: number;
  /** Answered as wanted, a second. */
  readonly goodput: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
  readonly failed: number;
}

const isGood = ({ status }: Sample) => status >= 200 && status < 300;
const isRefused = ({ status }: Sample) => status === 429 || status === 503;

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function figuresOf(samples: readonly Sample[], seconds: number): Figures {
  const good = samples.filter(isGood);
  const times = good.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    offered: samples.length / seconds,
    goodput: good.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    refused: samples.filter(isRefused).length / seconds,
    failed: samples.filter((each) => !isGood(each) && !isRefused(each)).length / seconds,
  };
}

export const lineOf = (name: string, f: Figures): string =>
  `${name.padEnd(12)} offered ${f.offered.toFixed(0).padStart(5)}/s  good ${f.goodput.toFixed(0).padStart(5)}/s  ` +
  `p50 ${f.p50.toFixed(0).padStart(5)} ms  p99 ${f.p99.toFixed(0).padStart(5)} ms  refused ${f.refused.toFixed(0)}/s  other ${f.failed.toFixed(1)}/s`;

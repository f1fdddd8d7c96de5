/** A bucket holds `burst` tokens and gains `perSecond` of them until it is full again. */
export interface Quota {
  readonly burst: number;
  readonly perSecond: number;
}

/** What a bucket says after one was asked of it. */
export interface Poured {
  readonly allowed: boolean;
  readonly left: number;
  /** Seconds until the bucket is full again. */
  readonly full: number;
  /** Seconds until there is one token. */
  readonly next: number;
}

interface Level {
  tokens: number;
  at: number;
}

/** Keys come from outside: the oldest are forgotten, which is to say full again. */
const mostKeys = 20_000;

/** One token bucket per key, in this process. */
export class TokenBuckets {
  private readonly levels = new Map<string, Level>();

  constructor(
    readonly quota: Quota,
    private readonly now: () => number = Date.now,
  ) {}

  take(key: string): Poured {
    const { burst, perSecond } = this.quota;
    const at = this.now();
    const before = this.levels.get(key);
    const filled = before ? Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond) : burst;
    const allowed = filled >= 1;
    const tokens = allowed ? filled - 1 : filled;
    // the one used last stands last
    this.levels.delete(key);
    this.levels.set(key, { tokens, at });
    if (this.levels.size > mostKeys) this.levels.delete(this.levels.keys().next().value!);
    return {
      allowed,
      left: Math.floor(tokens),
      full: Math.ceil((burst - tokens) / perSecond),
      next: allowed ? 0 : Math.ceil((1 - tokens) / perSecond),
    };
  }
}

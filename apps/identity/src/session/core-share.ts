/** Given by tests. */
export interface Clock {
  now: () => number;
  rest: (milliseconds: number) => Promise<void>;
}

const wallClock: Clock = {
  now: () => performance.now(),
  rest: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Runs heavy work of always the same cost one after the other and rests after each, so that it never takes more than its
 * share of one core (L1). What it costs is the shortest time it ever took: the rest was waiting for the core, and who
 * waits for it on a busy machine need not rest for that too.
 */
export class CoreShare {
  private last: Promise<unknown> = Promise.resolve();
  private freeAt = 0;
  private cost = Infinity;
  private count = 0;

  /** `share`: of one core, 0–1. */
  constructor(
    private readonly share: number,
    private readonly clock: Clock = wallClock,
  ) {}

  get waiting(): number {
    return this.count;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    this.count += 1;
    const turn = this.last.then(() => this.take(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async take<T>(work: () => Promise<T>): Promise<T> {
    const rest = this.freeAt - this.clock.now();
    if (rest > 0) await this.clock.rest(rest);
    this.count -= 1;
    const began = this.clock.now();
    const done = await work();
    const ended = this.clock.now();
    this.cost = Math.min(this.cost, ended - began);
    this.freeAt = ended + this.cost * (1 / this.share - 1);
    return done;
  }
}

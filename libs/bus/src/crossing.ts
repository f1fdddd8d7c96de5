/** Why somebody was not let in: the queue was full, one who goes first took the place in it, or it took too long. */
export type Turned = 'full' | 'displaced' | 'late';

export class TurnedAway extends Error {
  override name = 'TurnedAway';
  constructor(readonly why: Turned) {
    super(why);
  }
}

/** How many may be inside at once: together, of each lane, and at most so many wait. */
export interface Bounds<L extends string> {
  readonly together: number;
  /** First to last: who goes first stands first. */
  readonly lanes: Readonly<Record<L, number>>;
  readonly waiting: number;
  /** Of one lane's places at most this share (0–1] for one owner, so that a stalled owner leaves some to the others. */
  readonly ownerShare?: number;
  /** Where the bounds follow what can be done: how many of `together` and `waiting` at this moment. Lanes narrow alike. */
  readonly atThisMoment?: () => Pick<Bounds<L>, 'together' | 'waiting'>;
}

/** Given by tests. */
export interface Clock {
  /** Milliseconds. */
  now: () => number;
  after: (milliseconds: number, run: () => void) => () => void;
}

const wallClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

interface Waiter {
  readonly owner: string;
  readonly enter: () => void;
  readonly turn: (why: Turned) => void;
}

/**
 * Bounded places with lanes and one bounded queue (L1). A free place goes to the first lane that has room, and in a lane
 * to who came first; when the queue is full, who goes first takes the place of the youngest who goes last.
 */
export class Crossing<L extends string> {
  private readonly order: readonly L[];
  private readonly inside = new Map<string, number>();
  private readonly queues: ReadonlyMap<L, Set<Waiter>>;
  private inAll = 0;
  private count = 0;
  private queuedSince = 0;

  constructor(
    private readonly bounds: Bounds<L>,
    private readonly clock: Clock = wallClock,
  ) {
    this.order = Object.keys(bounds.lanes) as L[];
    this.queues = new Map(this.order.map((lane) => [lane, new Set<Waiter>()]));
  }

  /** Runs it inside; throws `TurnedAway` when that could not begin within so many milliseconds. */
  async through<T>(lane: L, owner: string, patience: number, run: () => Promise<T>): Promise<T> {
    if (this.hasRoom(lane, owner)) this.move(lane, owner, 1);
    else await this.turnOf(lane, owner, patience);
    try {
      return await run();
    } finally {
      this.move(lane, owner, -1);
      this.letIn();
    }
  }

  /** Whoever comes now would be turned away at once. */
  isHopeless(lane: L, owner: string): boolean {
    return !this.hasRoom(lane, owner) && this.isPacked(lane);
  }

  /** As `isHopeless`, whoever the owner is. */
  isShut(lane: L): boolean {
    return !this.isOpen(lane) && this.isPacked(lane);
  }

  get waiting(): number {
    return this.count;
  }

  /** For how many milliseconds somebody has been waiting at every moment: a burst passes, a queue that stands is an overload. */
  get stands(): number {
    return this.count === 0 ? 0 : this.clock.now() - this.queuedSince;
  }

  get total(): number {
    return this.inAll;
  }

  waitingIn = (lane: L): number => this.queues.get(lane)!.size;
  insideOf = (lane: L): number => this.inside.get(lane) ?? 0;

  private get width(): number {
    return Math.min(this.bounds.together, this.bounds.atThisMoment?.().together ?? Infinity);
  }

  private get mostWaiting(): number {
    return Math.min(this.bounds.waiting, this.bounds.atThisMoment?.().waiting ?? Infinity);
  }

  private placesOf(lane: L): number {
    const { together, lanes } = this.bounds;
    return Math.ceil(lanes[lane] * (this.width / together));
  }

  private isOpen(lane: L): boolean {
    return this.inAll < this.width && this.insideOf(lane) < this.placesOf(lane);
  }

  private hasRoom(lane: L, owner: string): boolean {
    const share = Math.max(1, Math.ceil(this.placesOf(lane) * (this.bounds.ownerShare ?? 1)));
    return this.isOpen(lane) && (this.inside.get(`${lane} ${owner}`) ?? 0) < share;
  }

  private isPacked(lane: L): boolean {
    return this.count >= this.mostWaiting && !this.lastAfter(lane);
  }

  private move(lane: L, owner: string, by: 1 | -1): void {
    this.inAll += by;
    for (const key of [lane, `${lane} ${owner}`]) this.inside.set(key, (this.inside.get(key) ?? 0) + by);
  }

  private turnOf(lane: L, owner: string, patience: number): Promise<void> {
    if (this.isPacked(lane)) return Promise.reject(new TurnedAway('full'));
    if (this.count >= this.mostWaiting) this.lastAfter(lane)!.turn('displaced');
    const queue = this.queues.get(lane)!;
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.delete(waiter);
        this.count -= 1;
        forget();
      };
      const turn = (why: Turned) => {
        leave();
        reject(new TurnedAway(why));
      };
      const enter = () => {
        leave();
        this.move(lane, owner, 1);
        resolve();
      };
      const waiter: Waiter = { owner, enter, turn };
      const forget = this.clock.after(patience, () => turn('late'));
      queue.add(waiter);
      this.count += 1;
      if (this.count === 1) this.queuedSince = this.clock.now();
    });
  }

  /** The youngest of the last lane behind this one. */
  private lastAfter(lane: L): Waiter | undefined {
    for (const behind of this.order.slice(this.order.indexOf(lane) + 1).reverse()) {
      const last = [...this.queues.get(behind)!].at(-1);
      if (last) return last;
    }
    return undefined;
  }

  private letIn(): void {
    for (const lane of this.order)
      for (const waiter of this.queues.get(lane)!) {
        if (!this.isOpen(lane)) break;
        if (this.hasRoom(lane, waiter.owner)) waiter.enter();
      }
  }
}

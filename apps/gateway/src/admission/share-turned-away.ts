/** Of the share, for a lateness of twice the target. */
const step = 0.03;
/** A long turn counts as no more than so many targets: one pause is not an overload. */
const mostOfOne = 3;
const updateMilliseconds = 50;
/** Somebody is always let in: only who was answered tells that it goes quicker again. */
const most = 0.98;

/**
 * Which share of those who come is turned away while this process is late, so that it is as late as it may be and no later: an integral controller, as
 * PIE's (RFC 8033) for a queue whose length nobody sees, with steps for a server's turns instead of a link's. Whoever shuts the door for everybody while the
 * process is late does nothing but shutting it.
 */
export class ShareTurnedAway {
  private share = 0;
  private updated = -Infinity;
  private readonly owed = new Map<string, number>();

  /** Both in milliseconds. */
  constructor(
    private readonly target: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** 0 to 1. */
  get size(): number {
    return this.share;
  }

  /** So late is the process now: `milliseconds`. */
  learn(milliseconds: number): void {
    const at = this.now();
    const updates = Math.floor((at - this.updated) / updateMilliseconds);
    if (updates < 1) return;
    this.updated = at;
    const over = Math.min((milliseconds - this.target) / this.target, mostOfOne);
    // nobody told of the updates left out: nobody came, and so the crowd had gone
    const times = over < 0 ? updates : 1;
    this.share = over === 0 ? this.share : Math.min(most, Math.max(0, this.share + step * over * times));
  }

  /**
   * Whether this one is of the share, evenly and without dice. `weight` ≥ 1: who goes first is turned away later, with the share to the power of it.
   */
  takes(lane: string, weight = 1): boolean {
    if (this.share === 0) return false;
    const owed = (this.owed.get(lane) ?? 0) + this.share ** weight;
    this.owed.set(lane, owed >= 1 ? owed - 1 : owed);
    return owed >= 1;
  }
}

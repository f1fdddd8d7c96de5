/** What `Width` may be: places at least and at most. */
export interface Extent {
  readonly least: number;
  readonly most: number;
}

/** Answers may take so many times what they take when little is going on. */
const slack = 2;
/** Calls under way beside one that learns what is usual: with so few nobody waits for anybody. */
const calm = 2;
const windowMilliseconds = 100;
const windowCalls = 8;
/** Of what is usual a new answer tells so much. */
const news = 0.05;
const narrowing = 0.85;
/** One service that hangs says nothing about the others: a call counts no more than so many times its usual. */
const mostOfOne = 4;

/**
 * How many calls may be under way at once (L1), found while running: each place more is worth its while until answers take longer than
 * they would alone; from there on it only makes everybody wait. What is usual is known per contract and learnt in quiet moments and, without
 * any, from the quickest answers, so that a slow report is not mistaken for a slow house.
 */
export class Width {
  private width: number;
  private readonly usual = new Map<string, number>();
  private mean = 0;
  private window = { since: 0, calls: 0, took: 0, known: 0, expected: 0, wanted: false };

  constructor(
    private readonly extent: Extent,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.width = extent.most;
  }

  get places(): number {
    return Math.floor(this.width);
  }

  /** What calls took lately, in the mean. Milliseconds; 0 before the first. */
  get milliseconds(): number {
    return this.mean;
  }

  /** A call of this contract took so long, with so many others under way when it began. */
  learn(contract: string, took: number, beside: number): void {
    const usual = this.usual.get(contract);
    if (usual === undefined) this.usual.set(contract, took);
    else if (beside <= calm || took < usual) this.usual.set(contract, usual + (took - usual) * news);
    const { window } = this;
    const counted = Math.min(took, (usual ?? Infinity) * mostOfOne);
    window.calls += 1;
    window.took += counted;
    window.known += usual === undefined ? 0 : counted;
    window.expected += usual ?? 0;
    window.wanted ||= beside + 1 >= this.places;
    if (window.calls >= windowCalls && this.now() - window.since >= windowMilliseconds) this.turn();
  }

  private turn(): void {
    const { calls, took, known, expected, wanted } = this.window;
    this.mean = took / calls;
    if (known > expected * slack) this.width = Math.max(this.extent.least, this.width * narrowing);
    else if (wanted) this.width = Math.min(this.extent.most, this.width + 1);
    this.window = { since: this.now(), calls: 0, took: 0, known: 0, expected: 0, wanted: false };
  }
}

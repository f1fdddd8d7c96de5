/** Runs tasks of one lane one after the other, and different lanes side by side, at most `width` at once. Tasks do not throw. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly width: number) {}

  run(lane: string, task: () => Promise<void>): void {
    const before = this.tails.get(lane) ?? Promise.resolve();
    const tail = before.then(() => this.inTurn(task));
    this.tails.set(lane, tail);
    void tail.then(() => {
      if (this.tails.get(lane) === tail) this.tails.delete(lane);
    });
  }

  /** Settles when everything handed in so far has run. */
  async settled(): Promise<void> {
    await Promise.all(this.tails.values());
  }

  private async inTurn(task: () => Promise<void>): Promise<void> {
    if (this.running >= this.width) await new Promise<void>((enter) => this.waiting.push(enter));
    else this.running += 1;
    try {
      await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

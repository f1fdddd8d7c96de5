/** Runs tasks of one lane one after the other, and different lanes side by side, at most `width` at once. What a task throws is told in the end; the others run all the same. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private failure?: { error: unknown };

  constructor(private readonly width: number) {}

  run(lane: string, task: () => Promise<void>): void {
    const before = this.tails.get(lane) ?? Promise.resolve();
    const tail = before
      .then(() => this.inTurn(task))
      .catch((error: unknown) => {
        this.failure ??= { error };
      });
    this.tails.set(lane, tail);
    void tail.then(() => {
      if (this.tails.get(lane) === tail) this.tails.delete(lane);
    });
  }

  /** Settles when everything handed in so far has run. @throws what the first failing task threw. */
  async settled(): Promise<void> {
    await Promise.all(this.tails.values());
    if (this.failure) throw this.failure.error;
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

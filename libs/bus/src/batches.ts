/**
 * Gathers what comes into batches that run one after the other: the first waits `patience` milliseconds for company, and while one runs
 * the next one grows. Without patience a single message is not late, and many still come together.
 */
export class Batches<Each> {
  private waiting: Each[] = [];
  private running?: Promise<void>;
  private timer?: NodeJS.Timeout;
  private failure?: { error: unknown };

  constructor(
    private readonly patience: number,
    private readonly run: (batch: Each[]) => Promise<void>,
  ) {}

  push(each: Each): void {
    this.waiting.push(each);
    if (!this.running) this.timer ??= setTimeout(() => this.begin(), this.patience);
  }

  /** Settles when everything handed in so far has run. @throws what a batch threw, the others having run all the same. */
  async settled(): Promise<void> {
    this.begin();
    while (this.running) await this.running;
    if (this.failure) throw this.failure.error;
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.running || this.waiting.length === 0) return;
    const batch = this.waiting;
    this.waiting = [];
    this.running = this.run(batch)
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.running = undefined;
        this.begin();
      });
  }
}

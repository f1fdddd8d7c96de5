/** Sleeps until rung or until the time is over, whichever is first; a ring while awake shortens the next sleep. */
export class WakeUp {
  private rung = false;
  private wake?: () => void;

  readonly ring = (): void => {
    this.rung = true;
    this.wake?.();
  };

  /** Whether it was rung. */
  async sleep(milliseconds: number): Promise<boolean> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const { rung } = this;
    this.rung = false;
    this.wake = undefined;
    return rung;
  }
}

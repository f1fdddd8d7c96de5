type Step = () => Promise<unknown>;

const key = Symbol.for('shidang.test.end-of-run');
const kept = globalThis as unknown as Record<symbol, Step[] | undefined>;

/** What the tear-down must stop, last started first. Jest loads set-up and tear-down as modules of their own. */
export const endOfRun = {
  add(step: Step): void {
    (kept[key] ??= []).push(step);
  },
  async run(): Promise<void> {
    for (const step of (kept[key] ?? []).splice(0).reverse()) await step();
  },
};

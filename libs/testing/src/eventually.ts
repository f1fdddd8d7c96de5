/**
 * Calls `probe` until it neither throws nor answers false, and answers what it answered. `sentence` says what should have become true; it
 * stands before the last failure when time is up. The time is patience with a busy machine, no measure of what is waited for.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  sentence: string,
  { timeout = 20_000, every = 25 }: { timeout?: number; every?: number } = {},
): Promise<Exclude<T, false>> {
  const end = Date.now() + timeout;
  for (;;) {
    let last: unknown;
    try {
      const answer = await probe();
      if (answer !== false) return answer as Exclude<T, false>;
      last = 'it stayed false';
    } catch (failure) {
      last = failure;
    }
    if (Date.now() >= end) {
      const why = last instanceof Error ? last.message : String(last);
      throw new Error(`${sentence} — not within ${timeout} ms. Last seen: ${why}`, { cause: last });
    }
    await new Promise((wake) => setTimeout(wake, every));
  }
}

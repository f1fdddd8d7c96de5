/** Runs the jobs in their order, so many at once. */
export async function inTurns(jobs: Iterable<() => Promise<void>>, atOnce = 8): Promise<void> {
  const waiting = jobs[Symbol.iterator]();
  const worker = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await next.value();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

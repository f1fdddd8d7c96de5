/** What is asked for the metrics must not hold them up: late is as good as no answer. */
const patienceMilliseconds = 2_000;

/** @throws when the answer does not come within two seconds. */
export async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('no answer within two seconds')), patienceMilliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

const sharedMilliseconds = 500;

/** One question for all gauges of one look, or of all looks for so long; nothing when no answer comes, and the next look asks again. */
export function shared<T>(
  ask: () => Promise<T>,
  believedMilliseconds: number = sharedMilliseconds,
): () => Promise<T | undefined> {
  let last: { until: number; answer: Promise<T | undefined> } | undefined;
  return () => {
    if (last && Date.now() <= last.until) return last.answer;
    const asked: Exclude<typeof last, undefined> = {
      until: Date.now() + believedMilliseconds,
      answer: Promise.resolve(undefined),
    };
    asked.answer = within(ask()).catch(() => {
      asked.until = Math.min(asked.until, Date.now() + sharedMilliseconds);
      return undefined;
    });
    last = asked;
    return asked.answer;
  };
}

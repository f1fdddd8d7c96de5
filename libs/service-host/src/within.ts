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

/** One question for all gauges of one look; nothing when no answer comes. */
export function shared<T>(ask: () => Promise<T>): () => Promise<T | undefined> {
  let last: { at: number; answer: Promise<T | undefined> } | undefined;
  return () => {
    if (!last || Date.now() - last.at > sharedMilliseconds)
      last = { at: Date.now(), answer: within(ask()).catch(() => undefined) };
    return last.answer;
  };
}

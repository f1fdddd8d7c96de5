import { faultWords, type DeadLetter, type JetStreamServer, type Letter } from '@shidang/bus';

export interface Replayed {
  facts: number;
  /** In `dead_letter`: the handler threw. */
  setAside: number;
}

/** The facts given at once: consecutive ones of one durable. */
const most = 500;

async function* runs(letters: AsyncIterable<Letter>): AsyncGenerator<Letter[]> {
  let run: Letter[] = [];
  for await (const letter of letters) {
    if (run.length === most || (run[0] && run[0].durable !== letter.durable)) {
      yield run;
      run = [];
    }
    run.push(letter);
  }
  if (run.length > 0) yield run;
}

/**
 * Runs facts through the service's handlers in the order given, outside the stream: a rebuild feeds the outboxes of the
 * others. What was applied before is dropped by the inbox; what a handler refuses is set aside as if it had been consumed.
 */
export async function replay(
  events: Pick<JetStreamServer, 'redeliverAll'>,
  bury: (letter: DeadLetter) => Promise<void>,
  letters: AsyncIterable<Letter>,
): Promise<Replayed> {
  const replayed = { facts: 0, setAside: 0 };
  const alone = async (letter: Letter) => {
    try {
      await events.redeliverAll([letter]);
    } catch (error) {
      await bury({ ...letter, error: faultWords(error).words, deliveries: 1 });
      replayed.setAside += 1;
    }
  };
  for await (const run of runs(letters)) {
    replayed.facts += run.length;
    try {
      await events.redeliverAll(run);
    } catch {
      // one poison fact must not hold the others: each alone finds it
      for (const letter of run) await alone(letter);
    }
  }
  return replayed;
}

/** One fact a line, as JSON. */
export async function* lettersIn(lines: AsyncIterable<string>): AsyncGenerator<Letter> {
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as Letter;
}

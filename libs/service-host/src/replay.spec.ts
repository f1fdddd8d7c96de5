import type { DeadLetter, Letter } from '@shidang/bus';
import { lettersIn, replay } from './replay';

const letter = (n: number, durable = 'a'): Letter => ({ durable, subject: 's', messageId: `${n}`, payload: { n } });

async function* each<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

/** Handlers that refuse one message, as often as it comes. */
function handlers(poison?: string) {
  const taken: string[][] = [];
  const redeliverAll = async (letters: readonly Letter[]) => {
    const ids = letters.map(({ messageId }) => messageId);
    if (poison && ids.includes(poison)) throw new Error('cannot digest');
    taken.push(ids);
  };
  return { taken, redeliverAll };
}

describe('a replay of facts (W3)', () => {
  test('gives consecutive facts of one durable together, in order', async () => {
    const { taken, ...events } = handlers();
    const told = each(letter(1), letter(2), letter(3, 'b'), letter(4));
    expect(await replay(events, () => Promise.resolve(), told)).toEqual({ facts: 4, setAside: 0 });
    expect(taken).toEqual([['1', '2'], ['3'], ['4']]);
  });

  test('never gives more than 500 at once', async () => {
    const { taken, ...events } = handlers();
    await replay(events, () => Promise.resolve(), each(...Array.from({ length: 1_001 }, (_, n) => letter(n))));
    expect(taken.map(({ length }) => length)).toEqual([500, 500, 1]);
  });

  test('sets aside what cannot be applied; the others of its batch are', async () => {
    const { taken, ...events } = handlers('2');
    const buried: DeadLetter[] = [];
    const bury = async (dead: DeadLetter) => void buried.push(dead);
    expect(await replay(events, bury, each(letter(1), letter(2), letter(3)))).toEqual({ facts: 3, setAside: 1 });
    expect(taken).toEqual([['1'], ['3']]);
    expect(buried).toEqual([{ ...letter(2), error: 'cannot digest', deliveries: 1 }]);
  });

  test('reads one fact a line', async () => {
    const read: Letter[] = [];
    for await (const one of lettersIn(each(JSON.stringify(letter(1)), '', JSON.stringify(letter(2))))) read.push(one);
    expect(read).toEqual([letter(1), letter(2)]);
  });
});

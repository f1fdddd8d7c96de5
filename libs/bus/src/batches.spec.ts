import { Batches } from './batches';

function gated() {
  const ran: string[][] = [];
  const doors: (() => void)[] = [];
  const run = (batch: string[]) => {
    ran.push(batch);
    return new Promise<void>((open) => doors.push(open));
  };
  return { ran, run, open: () => doors.shift()?.() };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('batches', () => {
  it('do not keep a single message waiting when there is no patience', async () => {
    const { ran, run, open } = gated();
    const batches = new Batches(0, run);
    batches.push('a');
    await turn();
    expect(ran).toEqual([['a']]);
    open();
    await batches.settled();
  });

  it('grow while one runs, and run one after the other', async () => {
    const { ran, run, open } = gated();
    const batches = new Batches(0, run);
    batches.push('a');
    await turn();
    for (const each of ['b', 'c']) batches.push(each);
    await turn();
    expect(ran).toEqual([['a']]);
    open();
    await turn();
    expect(ran).toEqual([['a'], ['b', 'c']]);
    open();
    await batches.settled();
  });

  it('wait for company with patience, but not when nothing more comes', async () => {
    const ran: string[][] = [];
    const batches = new Batches(60_000, async (batch: string[]) => void ran.push(batch));
    for (const each of ['a', 'b']) batches.push(each);
    await turn();
    expect(ran).toEqual([]);
    await batches.settled();
    expect(ran).toEqual([['a', 'b']]);
  });

  it('that fail are told of in the end, the others having run', async () => {
    const ran: string[][] = [];
    const batches = new Batches(0, (batch: string[]) => {
      ran.push(batch);
      return batch.includes('bad') ? Promise.reject(new Error('bad')) : Promise.resolve();
    });
    batches.push('bad');
    await turn();
    batches.push('good');
    await expect(batches.settled()).rejects.toThrow('bad');
    expect(ran).toEqual([['bad'], ['good']]);
  });
});

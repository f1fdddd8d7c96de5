import { Crossing, TurnedAway, type Bounds } from './crossing';

type Lane = 'write' | 'read' | 'bulk';

/** Time stands still until it is told to pass. */
class StandingClock {
  private time = 0;
  private due: { at: number; run: () => void }[] = [];

  now = () => this.time;

  after = (milliseconds: number, run: () => void) => {
    const entry = { at: this.time + milliseconds, run };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((each) => each !== entry);
    };
  };

  async pass(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    const ripe = this.due.filter(({ at }) => at <= this.time);
    this.due = this.due.filter(({ at }) => at > this.time);
    for (const { run } of ripe) run();
    await settled();
  }

  get pending(): number {
    return this.due.length;
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function aCrossing(bounds: Partial<Bounds<Lane>> = {}) {
  const clock = new StandingClock();
  const crossing = new Crossing<Lane>(
    { together: 2, lanes: { write: 2, read: 2, bulk: 1 }, waiting: 3, ...bounds },
    clock,
  );
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const come = (name: string, lane: Lane, { owner = 'records', patience = 100 } = {}) => {
    void crossing
      .through(lane, owner, patience, () => {
        log.push(`${name} in`);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      })
      .catch((error: unknown) => log.push(`${name} ${error instanceof TurnedAway ? error.why : 'failed'}`));
  };
  const end = async (name: string) => {
    ends.get(name)!();
    await settled();
  };
  return { crossing, clock, log, come, end };
}

describe('a crossing', () => {
  it('lets in as many as may be inside, and the next when one leaves', async () => {
    const { log, come, end } = aCrossing();
    for (const name of ['a', 'b', 'c']) come(name, 'read');
    await settled();
    expect(log).toEqual(['a in', 'b in']);
    await end('a');
    expect(log).toEqual(['a in', 'b in', 'c in']);
  });

  it('gives a free place to who goes first, whoever came first', async () => {
    const { log, come, end } = aCrossing();
    come('a', 'read');
    come('b', 'read');
    come('report', 'bulk');
    come('list', 'read');
    come('save', 'write');
    for (const name of ['a', 'b', 'save']) await end(name);
    expect(log).toEqual(['a in', 'b in', 'save in', 'list in', 'report in']);
  });

  it('keeps room for others from a lane that is full', async () => {
    const { log, come } = aCrossing();
    come('one', 'bulk');
    come('two', 'bulk');
    come('save', 'write');
    await settled();
    expect(log).toEqual(['one in', 'save in']);
  });

  it('turns away who waited too long, and nobody twice', async () => {
    const { log, come, end, clock, crossing } = aCrossing();
    for (const name of ['a', 'b', 'late']) come(name, 'read');
    await clock.pass(100);
    await end('a');
    expect(log).toEqual(['a in', 'b in', 'late late']);
    expect([crossing.waiting, clock.pending, crossing.insideOf('read')]).toEqual([0, 0, 1]);
  });

  it('turns away at once when the queue is full, unless somebody in it goes after', async () => {
    const { log, come, crossing } = aCrossing();
    for (const name of ['a', 'b', 'list', 'other list']) come(name, 'read');
    come('report', 'bulk');
    expect([crossing.isHopeless('bulk', 'x'), crossing.isHopeless('read', 'x')]).toEqual([true, false]);
    come('second report', 'bulk');
    come('save', 'write');
    come('save again', 'write');
    await settled();
    expect(log).toEqual(['a in', 'b in', 'second report full', 'report displaced', 'other list displaced']);
    expect(crossing.waiting).toBe(3);
  });

  it('leaves places of a lane to others when one owner stalls', async () => {
    const { log, come } = aCrossing({
      together: 4,
      lanes: { write: 4, read: 4, bulk: 1 },
      ownerShare: 0.75,
    });
    for (const name of ['a', 'b', 'c', 'd']) come(name, 'read', { owner: 'reporting' });
    come('record', 'read', { owner: 'records' });
    await settled();
    expect(log).toEqual(['a in', 'b in', 'c in', 'record in']);
  });

  it('follows narrower bounds of the moment, each lane in proportion', async () => {
    let narrow = { together: 4, waiting: 9 };
    const { log, come, end, crossing } = aCrossing({
      together: 4,
      lanes: { write: 4, read: 2, bulk: 1 },
      waiting: 9,
      atThisMoment: () => narrow,
    });
    for (const name of ['a', 'b']) come(name, 'read');
    narrow = { together: 2, waiting: 1 };
    expect([crossing.isShut('read'), crossing.isShut('write')]).toEqual([false, false]);
    come('c', 'read');
    come('d', 'read');
    await settled();
    expect([crossing.isShut('read'), crossing.isShut('write')]).toEqual([true, false]);
    await end('a');
    // two of two are one of a half, and it is taken
    expect(log).toEqual(['a in', 'b in', 'd full']);
    come('save', 'write');
    await settled();
    expect(log).toEqual(['a in', 'b in', 'd full', 'save in']);
    narrow = { together: 4, waiting: 9 };
    await end('save');
    expect(log.at(-1)).toBe('c in');
  });

  it('knows for how long its queue has stood, from one that waits to the next', async () => {
    const { come, end, clock, crossing } = aCrossing();
    for (const name of ['a', 'b', 'c']) come(name, 'read', { patience: 1_000 });
    await clock.pass(60);
    come('d', 'read', { patience: 1_000 });
    await end('a');
    await clock.pass(60);
    expect(crossing.stands).toBe(120);
    await end('b');
    expect([crossing.waiting, crossing.stands]).toEqual([0, 0]);
  });

  it('takes the place back when what ran inside fails', async () => {
    const { crossing } = aCrossing();
    await expect(crossing.through('read', 'records', 100, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(crossing.insideOf('read')).toBe(0);
  });
});

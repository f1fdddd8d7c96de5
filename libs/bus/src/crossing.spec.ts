import { Crossing, TurnedAway, type Bounds } from './crossing';

type Lane = 'write' | 'read' | 'bulk';

/** Time stands still until it is told to pass. */
class StandingClock {
  private now = 0;
  private due: { at: number; run: () => void }[] = [];

  after = (milliseconds: number, run: () => void) => {
    const entry = { at: this.now + milliseconds, run };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((each) => each !== entry);
    };
  };

  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    const ripe = this.due.filter(({ at }) => at <= this.now);
    this.due = this.due.filter(({ at }) => at > this.now);
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

  it('takes the place back when what ran inside fails', async () => {
    const { crossing } = aCrossing();
    await expect(crossing.through('read', 'records', 100, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(crossing.insideOf('read')).toBe(0);
  });
});

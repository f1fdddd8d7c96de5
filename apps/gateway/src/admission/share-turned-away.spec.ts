import { ShareTurnedAway } from './share-turned-away';

const target = 50;

/** Time passes when it is told to: `late` at each of so many turns. */
function aShare() {
  let now = 0;
  const share = new ShareTurnedAway(target, () => now);
  const turns = (n: number, late: number) => {
    for (let each = 0; each < n; each++) {
      now += 60;
      share.learn(late);
    }
  };
  const rest = (milliseconds: number) => (now += milliseconds);
  return { share, turns, rest };
}

const turnedAway = (share: ShareTurnedAway, of: number, lane = 'read', weight = 1) =>
  Array.from({ length: of }, () => share.takes(lane, weight)).filter(Boolean).length;

describe('the share that is turned away', () => {
  it('is nobody while the process is not late', () => {
    const { share, turns } = aShare();
    turns(100, target);
    expect([share.size, turnedAway(share, 100)]).toEqual([0, 0]);
  });

  it('grows while the process is late, with how late it is, and never is everybody', () => {
    const [a, b] = [aShare(), aShare()];
    a.turns(5, target * 1.5);
    b.turns(5, target * 3);
    expect(b.share.size).toBeGreaterThan(a.share.size);
    b.turns(500, target * 3);
    expect(Math.round(turnedAway(b.share, 1_000) / 10)).toBe(98);
  });

  it('stays where the process is as late as it may be, and shrinks below that', () => {
    const { share, turns } = aShare();
    turns(10, target * 2);
    const before = share.size;
    turns(100, target);
    expect(share.size).toBe(before);
    turns(5, 0);
    expect(share.size).toBeLessThan(before);
    turns(500, 0);
    expect(share.size).toBe(0);
  });

  it('is forgotten while nobody comes: whoever is first afterwards does not pay for the crowd', () => {
    const { share, turns, rest } = aShare();
    while (share.size < 0.9) turns(1, target * 3);
    rest(2_000);
    share.learn(0);
    expect(share.size).toBe(0);
  });

  it('does not take one pause for an overload', () => {
    const { share, turns } = aShare();
    turns(1, 5_000);
    expect(share.size).toBeLessThan(0.1);
  });

  it('is taken evenly, in each lane by itself, and later from who goes first', () => {
    const { share, turns } = aShare();
    while (share.size < 0.5) turns(1, target * 1.1);
    const taken = Array.from({ length: 10 }, () => share.takes('read'));
    expect(taken.join()).toMatch(/^((false,true|true,false),?)+$/);
    expect(turnedAway(share, 100, 'write', 2)).toBeLessThan(30);
  });
});

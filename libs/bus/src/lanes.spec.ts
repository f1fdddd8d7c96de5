import { Lanes } from './lanes';

const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

describe('lanes', () => {
  it('keep the order of one lane', async () => {
    const lanes = new Lanes(4);
    const first = gate();
    const seen: string[] = [];
    lanes.run('a', async () => {
      await first.opened;
      seen.push('a1');
    });
    lanes.run('a', async () => void seen.push('a2'));
    lanes.run('b', async () => {
      seen.push('b1');
      first.open();
    });
    await lanes.settled();
    expect(seen).toEqual(['b1', 'a1', 'a2']);
  });

  it('run no more side by side than they are wide', async () => {
    const lanes = new Lanes(2);
    const doors = ['a', 'b', 'c', 'd'].map((lane) => ({ lane, ...gate() }));
    let inside = 0;
    let most = 0;
    for (const { lane, opened } of doors) {
      lanes.run(lane, async () => {
        most = Math.max(most, ++inside);
        await opened;
        inside -= 1;
      });
    }
    for (const door of doors) {
      door.open();
      await Promise.resolve();
    }
    await lanes.settled();
    expect([most, inside]).toEqual([2, 0]);
  });
});

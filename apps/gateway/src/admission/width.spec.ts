import { Width } from './width';

/** Places from 2 to 40, and time that passes when it is told to. */
function aWidth() {
  let now = 0;
  const width = new Width({ least: 2, most: 40 }, () => now);
  const calls = (n: number, took: number, { contract = 'records.teacher.read', beside = width.places } = {}) => {
    for (let each = 0; each < n; each++) {
      now += 20;
      width.learn(contract, took, beside);
    }
  };
  return { width, calls, quiet: (took = 10) => calls(48, took, { beside: 0 }) };
}

describe('how many calls may be under way', () => {
  it('is all there may be while answers take what they take alone', () => {
    const { width, calls, quiet } = aWidth();
    quiet();
    calls(200, 19);
    expect(width.places).toBe(40);
  });

  it('narrows while answers take more than twice that, to the least and no further', () => {
    const { width, calls, quiet } = aWidth();
    quiet();
    calls(16, 30);
    const soon = width.places;
    expect(soon).toBeLessThan(40);
    calls(400, 30);
    expect([soon > 20, width.places]).toEqual([true, 2]);
  });

  it('widens again by one place after another when answers are quick and the places are wanted', () => {
    const { width, calls, quiet } = aWidth();
    quiet();
    calls(400, 30);
    calls(40, 12, { beside: 0 });
    expect(width.places).toBe(2);
    for (let window = 0; window < 5; window++) calls(8, 12);
    expect(width.places).toBe(7);
    for (let window = 0; window < 50; window++) calls(8, 12);
    expect(width.places).toBe(40);
  });

  it('does not take a slow contract for a slow house', () => {
    const { width, calls, quiet } = aWidth();
    quiet();
    calls(50, 900, { contract: 'reporting.statistics.read', beside: 0 });
    calls(200, 900, { contract: 'reporting.statistics.read' });
    expect(width.places).toBe(40);
  });

  it('does not close the door to others because one service hangs', () => {
    const { width, calls, quiet } = aWidth();
    quiet();
    calls(50, 10, { contract: 'reporting.progress.read', beside: 0 });
    for (let n = 0; n < 40; n++) {
      calls(1, 6_000, { contract: 'reporting.progress.read' });
      calls(9, 10);
    }
    expect(width.places).toBe(40);
  });

  it('forgets what it learnt in a crowd, and believes what became quicker', () => {
    const { width, calls } = aWidth();
    calls(200, 300);
    expect(width.places).toBe(40);
    calls(50, 10, { beside: 0 });
    calls(400, 300);
    expect(width.places).toBe(2);
    calls(400, 5);
    calls(16, 11);
    expect(width.places).toBeLessThan(40);
  });
});

import { percentDone } from './completeness';

describe('how far a record is', () => {
  it.each([
    [0, 0, 0],
    [0, 200, 0],
    [1, 500, 1],
    [199, 300, 66],
    [200, 300, 67],
    [499, 500, 99],
    [500, 500, 100],
  ])('%i of %i reads %i %%: never all or nothing before it is', (done, total, percent) =>
    expect(percentDone({ done, total })).toBe(percent),
  );
});

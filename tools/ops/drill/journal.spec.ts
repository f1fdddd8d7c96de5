import { judge, type Written } from './journal';

const written = (id: string, sentAt: number, answeredAt?: number, status = 201): Written => ({
  what: 'teacher',
  id,
  sentAt,
  answeredAt,
  status,
});
const journal = [written('before', 10, 20), written('around', 95, 105), written('after', 110, 120)];
const found = (...ids: string[]) => new Map(ids.map((id) => [id, 1]));

describe('the checker of a restore', () => {
  it('is content with what was acknowledged before, whatever became of what was under way', () => {
    expect(judge(journal, 100, found('before'))).toEqual({ acknowledgedBefore: 1, sentAfter: 1, either: 1, wrong: [] });
    expect(judge(journal, 100, found('before', 'around')).wrong).toEqual([]);
  });

  it('finds a lost write, a later one, and one that is there twice', () => {
    expect(judge(journal, 100, found()).wrong).toEqual([
      expect.stringContaining('before was acknowledged 80 ms before'),
    ]);
    expect(judge(journal, 100, found('before', 'after')).wrong).toEqual([
      expect.stringContaining('after was sent 10 ms'),
    ]);
    expect(judge(journal, 100, new Map([['before', 2]])).wrong).toEqual([expect.stringContaining('2 times')]);
  });

  it('does not call a journal on one side of the moment a proof', () => {
    expect(judge([journal[0]!], 100, found('before')).wrong).toEqual([expect.stringContaining('nothing was proved')]);
  });
});

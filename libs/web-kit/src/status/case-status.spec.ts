import { progressStatuses, recordStatuses as declared } from '@shidang/contracts';
import { recordStatuses, statusWords, toneOf } from './case-status';

describe('the states of a record', () => {
  it('are those of the contracts, in their order', () => {
    expect(recordStatuses).toEqual(declared);
    expect([...recordStatuses].sort()).toEqual([...progressStatuses].sort());
  });

  it('have a word and a tone each', () => {
    const known: readonly string[] = statusWords.keys;
    expect(recordStatuses.filter((status) => !known.includes(status) || !(status in toneOf))).toEqual([]);
  });
});

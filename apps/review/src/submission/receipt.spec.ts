import { createHash } from 'node:crypto';
import { receiptForm } from '@shidang/contracts';
import { contentHashOf, dayOf, receiptOf } from './receipt';

const vault = { contentHash: (text: string) => createHash('sha256').update(text).digest('hex') };

describe('a receipt', () => {
  it('names authority, school, day and the number of the day', () => {
    const receipt = receiptOf({ authority: '331102', school: '2133001234', day: '20261123', number: 1 });
    expect(receipt).toBe('331102-2133001234-20261123-0001');
    expect(receipt).toMatch(receiptForm);
  });

  it('keeps its form past 9999 of a day', () => {
    expect(receiptOf({ authority: '331102', school: '2133001234', day: '20261123', number: 12_345 })).toMatch(
      receiptForm,
    );
  });

  it('is dated by the day in China', () => {
    expect(dayOf(new Date('2026-11-22T16:30:00Z'))).toBe('20261123');
  });

  it('has the same hash in whatever order the cases come, and another for other content', () => {
    const [one, two] = [
      { id: '1', contentHash: 'a' },
      { id: '2', contentHash: 'b' },
    ];
    expect(contentHashOf(vault, [one, two])).toBe(contentHashOf(vault, [two, one]));
    expect(contentHashOf(vault, [one, two])).not.toBe(contentHashOf(vault, [one, { ...two, contentHash: 'c' }]));
  });
});

import { sampleOf } from './sample';

const people = Array.from({ length: 57 }, (_, index) => index);

describe('a sample of what is without a doubt', () => {
  it('is one in ten, at least three, never more than there are, nobody twice', () => {
    expect([0, 2, 12, 57].map((count) => sampleOf(people.slice(0, count)).length)).toEqual([0, 2, 3, 6]);
    expect(new Set(sampleOf(people)).size).toBe(6);
  });

  it('is by chance', () => {
    expect(sampleOf(people, () => 0)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sampleOf(people, () => 0.999)).toEqual([56, 55, 54, 53, 52, 51]);
  });
});

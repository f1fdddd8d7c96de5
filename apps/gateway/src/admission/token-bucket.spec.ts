import { TokenBuckets } from './token-bucket';

function buckets(burst: number, perSecond: number) {
  let now = 0;
  return { of: new TokenBuckets({ burst, perSecond }, () => now), pass: (seconds: number) => (now += seconds * 1000) };
}

describe('a token bucket', () => {
  it('gives its burst at once and then what it gains', () => {
    const { of, pass } = buckets(3, 2);
    expect([1, 2, 3, 4].map(() => of.take('a').allowed)).toEqual([true, true, true, false]);
    pass(1);
    expect([1, 2, 3].map(() => of.take('a').allowed)).toEqual([true, true, false]);
  });

  it('is never fuller than its burst', () => {
    const { of, pass } = buckets(2, 10);
    of.take('a');
    pass(3600);
    expect([1, 2, 3].map(() => of.take('a').allowed)).toEqual([true, true, false]);
  });

  it('is one for each key', () => {
    const { of } = buckets(1, 1);
    expect([of.take('a').allowed, of.take('a').allowed, of.take('b').allowed]).toEqual([true, false, true]);
  });

  it('says what is left, when it is full again and when to come back', () => {
    const { of } = buckets(2, 0.5);
    expect(of.take('a')).toEqual({ allowed: true, left: 1, full: 2, next: 0 });
    expect(of.take('a')).toEqual({ allowed: true, left: 0, full: 4, next: 0 });
    expect(of.take('a')).toEqual({ allowed: false, left: 0, full: 4, next: 2 });
  });

  it('forgets the key that was not used for longest, however many come', () => {
    const { of } = buckets(1, 0.001);
    of.take('old');
    of.take('kept');
    for (let n = 0; n < 19_999; n++) {
      of.take(`stranger ${n}`);
      if (n % 5_000 === 0) of.take('kept');
    }
    expect([of.take('kept').allowed, of.take('old').allowed]).toEqual([false, true]);
  });
});

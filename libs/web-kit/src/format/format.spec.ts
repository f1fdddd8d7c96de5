import { daysSince, formatDay, formatMoment, formatRate, formatShare } from './format';

describe('what people read', () => {
  it('is the day and hour in China, wherever the browser is', () => {
    expect(formatMoment('2016-11-22T16:30:00Z')).toBe('2016-11-23 00:30');
    expect(formatDay('2016-11-22T16:30:00Z')).toBe('2016-11-23');
    expect(formatDay('2016-11-22')).toBe('2016-11-22');
  });

  it.each([
    [36, 114, '31.6 %'],
    [9999, 10000, '99.9 %'],
    [10000, 10000, '100 %'],
    [1, 10000, '0.1 %'],
    [0, 10000, '0 %'],
    [115, 114, '100.9 %'],
    [3, 0, '—'],
  ])('rounds %i of %i to %s: never to all or nothing', (part, whole, said) => {
    expect(formatRate(part, whole)).toBe(said);
    if (whole > 0) expect(formatShare(part / whole)).toBe(said);
  });

  it('counts whole days', () => {
    expect(daysSince('2016-11-20T00:00:00Z', Date.parse('2016-11-23T01:00:00Z'))).toBe(3);
  });
});

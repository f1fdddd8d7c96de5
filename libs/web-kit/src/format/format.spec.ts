import { daysSince, formatDay, formatMoment, formatRate } from './format';

describe('what people read', () => {
  it('is the day and hour in China, wherever the browser is', () => {
    expect(formatMoment('2016-11-22T16:30:00Z')).toBe('2016-11-23 00:30');
    expect(formatDay('2016-11-22T16:30:00Z')).toBe('2016-11-23');
    expect(formatDay('2016-11-22')).toBe('2016-11-22');
  });

  it('never rounds an incomplete rate up to 100 %', () => {
    expect(formatRate(9999, 10000)).toBe('99.9 %');
    expect(formatRate(10000, 10000)).toBe('100 %');
    expect(formatRate(3, 0)).toBe('—');
  });

  it('counts whole days', () => {
    expect(daysSince('2016-11-20T00:00:00Z', Date.parse('2016-11-23T01:00:00Z'))).toBe(3);
  });
});

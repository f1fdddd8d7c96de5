import { momentOf } from './effective-content';

describe('as of', () => {
  test('a day means its end where the schools are', () => {
    expect(momentOf('2016-12-10')).toBe('2016-12-10T15:59:59.999Z');
  });

  test('a moment is that moment', () => {
    expect(momentOf('2016-12-10T08:00:00+08:00')).toBe('2016-12-10T00:00:00.000Z');
  });

  test('weeks, ordinal days and impossible days are no moments', () => {
    for (const text of ['2016-W05-4', '2016-350T', '2016-13-01']) expect(momentOf(text)).toBeUndefined();
  });
});

import { deliveryFrom, endOfDay, quietHoursOf } from './quiet-hours';
import { isRestDay } from './rest-days';

const quiet = quietHoursOf('20-8');
const delivered = (china: string) =>
  new Date(deliveryFrom(new Date(`${china}+08:00`), quiet).getTime() + 8 * 3_600_000).toISOString().slice(0, 16);

describe('quiet hours', () => {
  it.each([
    ['on a working day it goes at once', '2026-11-23T10:05:00', '2026-11-23T10:05'],
    ['just before eight in the evening too', '2026-11-23T19:59:00', '2026-11-23T19:59'],
    ['from eight in the evening it waits for the morning', '2026-11-23T20:00:00', '2026-11-24T08:00'],
    ['before eight in the morning it waits for eight', '2026-11-24T03:30:00', '2026-11-24T08:00'],
    ['Friday night waits for Monday', '2026-11-27T21:00:00', '2026-11-30T08:00'],
    ['Saturday noon waits for Monday', '2026-11-28T12:00:00', '2026-11-30T08:00'],
    ['the National Day holiday is waited out', '2026-09-30T20:30:00', '2026-10-08T08:00'],
    ['a Saturday worked instead is a working day', '2026-10-10T09:00:00', '2026-10-10T09:00'],
  ])('%s', (_, sent, expected) => expect(delivered(sent)).toBe(expected));

  it('may be switched off, days of rest included', () => {
    const night = new Date('2026-11-28T23:00:00+08:00');
    expect(deliveryFrom(night, quietHoursOf('off'))).toBe(night);
  });

  it('may lie within one day', () => {
    const at = (hour: string) => deliveryFrom(new Date(`2026-11-23T${hour}:00+08:00`), quietHoursOf('12-14'));
    expect(at('13:00')).toEqual(new Date('2026-11-23T14:00:00+08:00'));
    expect(at('14:00')).toEqual(new Date('2026-11-23T14:00:00+08:00'));
  });
});

describe('days of rest', () => {
  it('are the published ones of a year that is here', () =>
    expect(['2026-02-17', '2026-02-28', '2026-05-09', '2026-06-20', '2026-11-29'].map(isRestDay)).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]));
  it('are weekends and fixed holidays otherwise', () =>
    expect(['2031-10-02', '2031-01-01', '2031-11-08', '2031-11-10'].map(isRestDay)).toEqual([true, true, true, false]));
});

it('a due day counts in full, in China', () =>
  expect(endOfDay('2026-11-23')).toEqual(new Date('2026-11-24T00:00:00+08:00')));

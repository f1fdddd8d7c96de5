import { patienceOf, type DoorNow, type Place } from './patience';

const bounds = { WAITING_MS: 100, AT_ONCE: 48 };
const quiet: DoorNow = { stands: 0, late: 0, turnedAway: 0, places: 48, taken: 3 };
const patience = (place: Place, now: Partial<DoorNow> = {}) => patienceOf(place, bounds, { ...quiet, ...now });

describe('who waits for a place', () => {
  it('waits a tenth of a second, a log-in two, a stream five', () => {
    expect([patience('read'), patience('write'), patience('bulk')]).toEqual([100, 100, 100]);
    expect([patience('log-in'), patience('stream')]).toEqual([2_000, 5_000]);
  });

  it.each<[string, Partial<DoorNow>]>([
    ['the queue has not emptied for as long as anybody may wait', { stands: 101 }],
    ['more than a quarter is turned away', { turnedAway: 0.26 }],
    ['the door is narrow and full', { places: 11, taken: 11 }],
  ])('hurries when %s; a log-in waits no longer than the others did', (_, now) => {
    expect([patience('read', now), patience('log-in', now)]).toEqual([20, 100]);
  });

  it.each<[string, Partial<DoorNow>]>([
    ['a burst', { stands: 100 }],
    ['a few turned away', { turnedAway: 0.25 }],
    ['a door that an overload left narrow', { places: 11, taken: 10 }],
    ['a wide door that is full', { places: 12, taken: 48 }],
  ])('does not for %s', (_, now) => {
    expect([patience('read', now), patience('log-in', now)]).toEqual([100, 2_000]);
  });

  it('has waited in the socket for as long as the process is late, and is looked at once all the same', () => {
    expect([patience('read', { late: 60 }), patience('read', { late: 300 })]).toEqual([40, 1]);
  });
});

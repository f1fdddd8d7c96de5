import { begun, isOver, shownNext, starving, type AuditEvent, type Trails } from './merged-trails';

const event = (id: string) => ({ id }) as AuditEvent;
const ids = (events: readonly AuditEvent[]) => events.map(({ id }) => id).join('');

test('before anything was asked nothing can be shown', () => {
  const trails = begun(['records', 'review']);
  expect(starving(trails)).toEqual(['records', 'review']);
  expect(shownNext(trails, 10).shown).toEqual([]);
});

test('events of all trails come in one order, newest first', () => {
  const trails: Trails = {
    records: { held: ['f', 'd', 'a'].map(event), cursor: null },
    review: { held: ['e', 'c', 'b'].map(event), cursor: null },
  };
  const { shown, trails: rest } = shownNext(trails, 10);
  expect(ids(shown)).toBe('fedcba');
  expect(isOver(rest)).toBe(true);
});

test('the order is certain only down to where a trail that goes on has been read', () => {
  const trails: Trails = {
    records: { held: ['f', 'a'].map(event), cursor: null },
    review: { held: ['e'].map(event), cursor: 'more' },
  };
  const { shown, trails: rest } = shownNext(trails, 10);
  expect(ids(shown)).toBe('fe');
  expect(starving(rest)).toEqual(['review']);
  expect(isOver(rest)).toBe(false);
});

test('a page is not longer than asked for, and loses nothing', () => {
  const trails: Trails = { records: { held: ['c', 'b', 'a'].map(event), cursor: null } };
  const first = shownNext(trails, 2);
  expect([ids(first.shown), ids(shownNext(first.trails, 2).shown)]).toEqual(['cb', 'a']);
});

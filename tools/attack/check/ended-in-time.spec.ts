import { closedInTime, endedInTime, type Line, type Use } from './ended-in-time';

const ending = { account: 'a', how: 'disabled', endedAt: 10_000, until: 20_000 };
const use = (startedAt: number, status: number, account = 'a'): Use => ({
  account,
  what: 'GET /me',
  startedAt,
  status,
});
const found = (...uses: Use[]) => endedInTime([ending], uses).length;

it('before, within two seconds, refused, of another account or of the next session: nothing to say', () => {
  expect(found(use(9_000, 200), use(11_900, 200), use(13_000, 401), use(13_000, 200, 'b'), use(21_000, 200))).toBe(0);
});

it.each([200, 201, 404, 403, 409, 500])('an answer %s later than two seconds is seen', (status) => {
  expect(found(use(12_001, status))).toBe(1);
});

const line = (openedAt: number, toldAt?: number, closedAt?: number, account = 'a'): Line => ({
  account,
  what: 'GET /me/events',
  openedAt,
  toldAt,
  closedAt,
});
const open = (...lines: Line[]) => closedInTime([ending], lines).length;

it('a line that closed before, in time, of another account or of the next session: nothing to say', () => {
  const closed = [line(8_000, 9_000, 9_500), line(8_000, 11_900, 12_300), line(8_000, 9_000, 13_500)];
  expect(open(...closed, line(8_000, 15_000, undefined, 'b'), line(20_500, 21_000))).toBe(0);
});

it('a line told something later than that, or never hung up on, is seen', () => {
  expect(open(line(8_000, 12_600, 13_000))).toBe(1);
  expect(open(line(8_000, 9_000))).toBe(1);
  expect(open(line(8_000, 9_000, 20_001))).toBe(1);
});

import { endedInTime, type Use } from './ended-in-time';

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

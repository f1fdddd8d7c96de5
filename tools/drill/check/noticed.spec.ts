import type { Attempt } from '../journal/operation';
import { noticed } from './noticed';

const attempt = (plant: Partial<Attempt>): Attempt => ({
  op: 'r:1',
  contract: 'records.teacher.register',
  account: 'admin',
  key: 'key',
  attempt: 1,
  trace: 'trace',
  intent: {},
  startedAt: 1_000,
  endedAt: 2_000,
  outcome: 'ok',
  status: 201,
  ...plant,
});

describe('what a restart let somebody notice', () => {
  it('is nothing while everybody is answered, also with a no or with “still at it”', () => {
    const answered = [
      attempt({}),
      attempt({ outcome: 'refused', status: 412 }),
      attempt({ outcome: 'unknown', status: 409, code: 'request.idempotency_in_progress' }),
    ];
    expect(noticed(answered, [], 0)).toEqual([]);
  });

  it('is each write that got no answer, a fault or no place, and each read', () => {
    const attempts = [
      attempt({ outcome: 'unknown', status: undefined }),
      attempt({ outcome: 'unknown', status: 503, code: 'request.unavailable' }),
      attempt({ outcome: 'unknown', status: 429, code: 'gateway.account_too_often' }),
    ];
    const reads = [
      { path: '/teachers', status: 502, at: 1_500 },
      { path: '/me', at: 1_500 },
    ];
    expect(noticed(attempts, reads, 0).map(({ says }) => says)).toEqual([
      'records.teacher.register → no answer',
      'records.teacher.register → 503 request.unavailable',
      'records.teacher.register → 429 gateway.account_too_often',
      'GET /teachers → 502',
      'GET /me → no answer',
    ]);
  });

  it('is not what happened before the first restart', () => {
    expect(noticed([attempt({ status: undefined, endedAt: 999 })], [{ path: '/me', at: 999 }], 1_000)).toEqual([]);
  });
});

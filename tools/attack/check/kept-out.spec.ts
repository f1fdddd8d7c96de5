import { keptOut } from './kept-out';

const tried = { token: 'a token that was cut', where: 'GET /me' };
const found = (status: number | undefined, code: string) => keptOut([{ ...tried, status, code }]).length;

it('nobody, over HTTP and over NATS, is kept out', () => {
  expect(found(401, 'request.unauthenticated')).toBe(0);
  expect(found(401, 'identity.session_ended')).toBe(0);
  expect(found(403, 'gateway.csrf_token_missing')).toBe(0);
  expect(found(undefined, 'request.unauthenticated')).toBe(0);
});

it.each([
  [200, ''],
  [undefined, ''],
  [404, 'request.not_found'],
  [400, 'request.malformed'],
  [403, 'request.forbidden'],
  [undefined, 'request.forbidden'],
  [200, 'request.unauthenticated'],
])('%s %s is seen', (status, code) => expect(found(status, code)).toBe(1));

import { toldProblem } from './told-problem';

const told = (error: unknown) => toldProblem(error, (key) => `said: ${key}`).title;

it.each([
  new TypeError('Failed to fetch'),
  new TypeError('Load failed'),
  new TypeError('NetworkError when attempting to fetch resource.'),
  new TypeError('the server did not answer'),
  new TypeError('Failed to fetch dynamically imported module: http://x/assets/y.js'),
  new DOMException('signal timed out', 'TimeoutError'),
])('a lost connection is said in words of ours: %s', (error) => expect(told(error)).toBe('said: unreached'));

it('what broke in the page is no question of the connection, and its English is nobody’s to read', () => {
  expect(told(new TypeError('undefined is not a function'))).toBe('said: failed');
  expect(told('x')).toBe('said: failed');
});

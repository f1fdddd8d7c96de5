import { linesOf, namedRuns } from './named-runs';

const all = [
  { name: 'storm', says: 'log-ins' },
  { name: 'idle', says: 'sockets' },
];
const of = (...args: string[]) => namedRuns(args, all, ['minutes']);

it('runs all in turn unless some are named, with a seed of its own unless one is given', () => {
  expect(of().chosen).toEqual(all);
  expect(of('idle', '--seed', '7', '--minutes', '0.5')).toEqual({
    chosen: [all[1]],
    seed: '7',
    numbers: { minutes: 0.5 },
    list: false,
  });
  expect(Number(of().seed)).toBeGreaterThan(0);
  expect(of('--help').list).toBe(true);
});

it.each([['nobody'], ['--minutes', '0'], ['--minutes', 'x'], ['--hours', '1']])('%s %s is refused', (...args) => {
  expect(() => of(...args)).toThrow();
});

it('lists them under each other', () => {
  expect(linesOf(all)).toBe('  storm log-ins\n  idle  sockets');
});

import { matrixVerdict } from './matrix-verdict';

const said = Array.from(
  { length: 11 },
  (_, n) => `scope matrix, group${'abcdefghijk'[n]}: 100 cells ({}) in 5 ms`,
).join('\n');
const run = (status: string) => ({
  numPassedTests: 1,
  numFailedTests: 0,
  testResults: [{ assertionResults: [{ title: 'teachers: nobody gets a word', status, failureMessages: ['LEAK'] }] }],
});

it('all groups ran and nothing failed: cells are counted', () => {
  expect(matrixVerdict(run('passed'), said)).toEqual({
    figures: { cells: 1100, groups: 11, tests: 1 },
    violations: [],
  });
});

it('a leak is seen, and a matrix that did not run', () => {
  expect(matrixVerdict(run('failed'), said).violations).toHaveLength(1);
  expect(matrixVerdict(run('passed'), '').violations).toHaveLength(1);
});

import type { Found } from '../attack';

/** What Jest writes down of a run, as far as it is read. */
export interface MatrixRun {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Groups of the matrix: with fewer it was not the matrix that ran. */
const leastGroups = 11;

/** Cells by what it printed; a test that failed, or a matrix that did not run, is a violation. */
export function matrixVerdict(run: MatrixRun, said: string): Found {
  const cells = [...said.matchAll(/scope matrix, [a-z ]+: (\d+) cells/g)].map(([, count]) => Number(count));
  const failed = run.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed'),
  );
  const violations = failed.map(({ title, failureMessages = [] }) => ({
    check: 'scope',
    says: title,
    asked: failureMessages.join('\n').slice(0, 4_000),
  }));
  if (cells.length < leastGroups)
    violations.push({
      check: 'scope',
      says: `${cells.length} of ${leastGroups} groups ran`,
      asked: run.testResults
        .map(({ message }) => message ?? '')
        .join('\n')
        .slice(0, 4_000),
    });
  return {
    figures: { cells: cells.reduce((sum, each) => sum + each, 0), groups: cells.length, tests: run.numPassedTests },
    violations,
  };
}

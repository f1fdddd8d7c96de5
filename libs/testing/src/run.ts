import { asAdmin, secretsOf, type Secrets } from '@shidang/dev';

/** What the global set-up of a test run hands to its suites, through the environment. */
export interface TestRun {
  readonly dir: string;
  readonly adminUrl: string;
}

const variable = 'SHIDANG_TEST_RUN';

export function announceRun(run: TestRun): void {
  process.env[variable] = JSON.stringify(run);
}

export function currentRun(): TestRun & { readonly secrets: Secrets } {
  const announced = process.env[variable];
  if (!announced) throw new Error('no PostgreSQL for this run: only *.int-spec.ts files may ask for a database');
  const run = JSON.parse(announced) as TestRun;
  return { ...run, secrets: secretsOf(run.dir) };
}

/** One process at a time: suites in other workers wait. */
export function alone<T>(what: string, work: () => Promise<T>): Promise<T> {
  return asAdmin(currentRun().adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [what]);
    return work();
  });
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fromRoot } from '@shidang/dev';

/** What takes something away from the code that still runs, or holds a lock as long as a table is large (S3). */
const rules = [
  'adding-field-with-default',
  'adding-foreign-key-constraint',
  'adding-not-nullable-field',
  'adding-required-field',
  'adding-serial-primary-key-field',
  'ban-drop-column',
  'ban-drop-not-null',
  'ban-drop-table',
  'ban-truncate-cascade',
  'changing-column-type',
  'constraint-missing-not-valid',
  'disallowed-unique-constraint',
  'renaming-column',
  'renaming-table',
  'require-concurrent-index-creation',
];

interface Reported {
  readonly rule_name: string;
  readonly message: string;
  readonly help?: string | null;
  readonly line: number;
}

/** The binary itself: the package around it wants siblings for other machines that not every registry has. */
const binary = () => fromRoot('node_modules/@squawk-cli', `${process.platform}-${process.arch}`, 'bin/squawk');

/** squawk comes with the optional dependencies, for the machines it is built for. */
export const linterIsHere = (): boolean => existsSync(binary());

/** One sentence per statement that is not expand-only; tables made in the same text may be changed at will. */
export function lockingStatements(statements: readonly string[]): string[] {
  const text = statements.map((statement) => `${statement.trim().replace(/;$/, '')};`).join('\n');
  const args = ['--reporter', 'json', '--pg-version', '17', '--assume-in-transaction'];
  const { stdout, stderr, error } = spawnSync(binary(), args, { input: text, encoding: 'utf8' });
  if (error ?? !stdout.trim().startsWith('[')) throw new Error(`squawk failed: ${error?.message ?? stderr}`);
  const found = (JSON.parse(stdout) as Reported[]).filter(({ rule_name }) => rules.includes(rule_name));
  const lines = text.split('\n');
  return found.map(({ rule_name, message, line }) => `${rule_name}: ${message} (${lines[line]?.trim().slice(0, 100)})`);
}

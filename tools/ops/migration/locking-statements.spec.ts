import { linterIsHere, lockingStatements } from './locking-statements';
import { waitsTooLong } from './migrate-commands';

const here = linterIsHere() ? describe : describe.skip;

here('a migration that is not expand-only', () => {
  it.each([
    ['ban-drop-column', 'alter table review_case drop column stage'],
    ['renaming-column', 'alter table review_case rename column stage to phase'],
    ['changing-column-type', 'alter table review_case alter column stage type int'],
    ['ban-drop-table', 'drop table review_case'],
    ['adding-required-field', 'alter table review_case add column more text not null'],
    ['require-concurrent-index-creation', 'create index on review_case (stage)'],
    ['constraint-missing-not-valid', `alter table review_case add constraint c check (stage <> '')`],
  ])('%s', (rule, statement) => {
    expect(lockingStatements([statement]).some((sentence) => sentence.startsWith(rule))).toBe(true);
  });

  it('is not one that makes tables and fills them with indexes and constraints', () => {
    const statements = [
      'create table fresh (id uuid primary key, stage text not null)',
      'create index fresh_stage on fresh (stage)',
      'alter table review_case add column note text',
    ];
    expect(lockingStatements(statements)).toEqual([]);
  });
});

it.each([
  ['1s', false],
  ['500ms', false],
  ['5s', true],
  ['0', true],
  [undefined, true],
])('a lock_timeout of %s waits too long: %s', (setting, tooLong) => {
  expect(waitsTooLong(setting)).toBe(tooLong);
});

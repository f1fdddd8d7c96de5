import { purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/**
 * Rows of a checked import lie sealed between check and commit (ADR 0074), so that single cells can be mended and judged
 * anew; what was changed on screen is a stack; which teachers an import wrote to is known, so that it can be taken back.
 */
export class Migration0004StagedImports extends Migration {
  override up(): void {
    for (const statement of [...imports(), ...rows(), ...people(), ...mends(), ...touched()]) this.addSql(statement);
  }
}

const running = `('uploaded', 'checking', 'committing', 'undoing')`;

const imports = (): string[] => [
  `alter table import
     add column heads text,
     add column once text[] not null default '{}',
     add column version int not null default 1,
     add column mends int not null default 0,
     add column has_file boolean not null default false,
     add column undone jsonb`,
  `alter table import drop constraint import_state_check`,
  `alter table import add constraint import_state_check check (state in
     ('uploading', 'uploaded', 'checking', 'checked', 'committing', 'committed', 'undoing', 'undone', 'failed'))`,
  `drop index import_one_running`,
  `create unique index import_one_running on import (org_path) where state in ${running}`,
  `drop index import_due`,
  `create index import_due on import (created_at) where state in ${running}`,
  `alter table import_issue add column person text, add column cause text`,
  `create index import_issue_cause on import_issue (import_id, cause, n)`,
];

const rows = (): string[] => [
  `create table import_row (
    import_id uuid not null references import (id) on delete cascade,
    sheet_order int not null,
    row int not null,
    org_path text collate "C" not null,
    person text collate "C" not null,
    merged boolean not null,
    sealed text not null,
    primary key (import_id, sheet_order, row)
  )`,
  `create index import_row_person on import_row (import_id, person)`,
  ...scopePolicy('import_row', { teachers: 'none' }),
  ...purposePolicy('import_row', 'jobs', 'all'),
];

/** What the rows of one document number come to; `nameless` ones carry no number. */
const people = (): string[] => [
  `create table import_person (
    import_id uuid not null references import (id) on delete cascade,
    person text collate "C" not null,
    org_path text collate "C" not null,
    n int not null,
    nameless boolean not null,
    counts jsonb not null,
    primary key (import_id, person)
  )`,
  `create index import_person_order on import_person (import_id, n)`,
  ...scopePolicy('import_person', { teachers: 'none' }),
  ...purposePolicy('import_person', 'jobs', 'all'),
];

const mends = (): string[] => [
  `create table import_mend (
    import_id uuid not null references import (id) on delete cascade,
    n int not null,
    org_path text collate "C" not null,
    account_id uuid not null,
    sealed text not null,
    at timestamptz not null default now(),
    primary key (import_id, n)
  )`,
  ...scopePolicy('import_mend', { teachers: 'none' }),
  ...purposePolicy('import_mend', 'jobs', 'all'),
];

const touched = (): string[] => [
  `create table import_touched (
    import_id uuid not null references import (id) on delete cascade,
    teacher_id uuid not null,
    org_path text collate "C" not null,
    primary key (import_id, teacher_id)
  )`,
  ...scopePolicy('import_touched', { teachers: 'none' }),
  ...purposePolicy('import_touched', 'jobs', 'all'),
];

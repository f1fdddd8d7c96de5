import { purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/**
 * Imports as durable jobs (L3): the uploaded file in sealed pieces, how far the job is, what it found. No cell of a
 * workbook lies in clear: pieces and the words of findings are sealed, values go straight to `entry`.
 */
export class Migration0003Import extends Migration {
  override up(): void {
    for (const statement of [...imports(), ...chunks(), ...issues()]) this.addSql(statement);
  }
}

const imports = (): string[] => [
  `create table import (
    id uuid primary key,
    org_path text collate "C" not null,
    organisation text not null,
    account_id uuid not null,
    post_id uuid not null,
    file_name text not null,
    size int not null,
    sha256 text,
    state text not null default 'uploading'
      check (state in ('uploading', 'uploaded', 'checking', 'checked', 'committing', 'committed', 'failed')),
    counts jsonb,
    failure jsonb,
    done_people int not null default 0,
    attempts int not null default 0,
    lease_owner uuid,
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    checked_at timestamptz,
    committed_at timestamptz
  )`,
  // one running import per organisation; its own path is all that is compared, so it answers across no scope
  `create unique index import_one_running on import (org_path) where state in ('uploaded', 'checking', 'committing')`,
  `create index import_path on import (org_path, id)`,
  `create index import_due on import (created_at) where state in ('uploaded', 'checking', 'committing')`,
  `create index import_age on import (state, created_at)`,
  ...scopePolicy('import', { teachers: 'none' }),
  ...purposePolicy('import', 'jobs', 'all'),
];

const chunks = (): string[] => [
  `create table upload_chunk (
    import_id uuid not null references import (id) on delete cascade,
    index int not null,
    org_path text collate "C" not null,
    bytes int not null,
    sealed text not null,
    primary key (import_id, index)
  )`,
  ...scopePolicy('upload_chunk', { teachers: 'none' }),
  ...purposePolicy('upload_chunk', 'jobs', 'all'),
];

const issues = (): string[] => [
  `create table import_issue (
    import_id uuid not null references import (id) on delete cascade,
    n int not null,
    org_path text collate "C" not null,
    sheet_order int not null,
    sheet text not null,
    row int,
    column_order int,
    code text not null,
    severity text not null,
    sealed text not null,
    primary key (import_id, n)
  )`,
  `create index import_issue_place on import_issue (import_id, sheet_order, coalesce(row, 0), coalesce(column_order, 0), n)`,
  ...scopePolicy('import_issue', { teachers: 'none' }),
  ...purposePolicy('import_issue', 'jobs', 'all'),
];

import { scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** Monthly reports, their frozen sheets and the records behind each figure (工作方案 六(三)). */
export class Migration0003MonthlyReports extends Migration {
  override up(): void {
    for (const part of [reports(), sheets(), records(), frozen()]) for (const statement of part) this.addSql(statement);
  }
}

const reports = (): string[] => [
  // codes of organisations are public: that a month exists answers nothing across scopes, only its own authority opens it
  `create table monthly_report (
    id uuid primary key,
    org_path text collate "C" not null,
    org_code text not null,
    month text not null,
    stage text not null check (stage in ('open', 'submitted', 'accepted', 'returned', 'rolled-up')),
    number int not null default 0,
    accepted_number int,
    typed jsonb not null default '{}',
    due_on date not null,
    submitted_at timestamptz,
    submitted_by uuid,
    late boolean not null default false,
    restatement_reason text,
    opened_at timestamptz not null,
    version int not null default 1,
    unique (org_code, month)
  )`,
  `create index monthly_report_list on monthly_report (month desc, org_code)`,
  `create index monthly_report_path on monthly_report (org_path, month)`,
  ...scopePolicy('monthly_report'),
];

const sheets = (): string[] => [
  // sources: every frozen sheet summed here, the own one first
  `create table report_sheet (
    report_id uuid not null references monthly_report (id),
    number int not null,
    org_path text collate "C" not null,
    own jsonb not null,
    total jsonb not null,
    rolled_up jsonb not null,
    missing jsonb not null,
    sources jsonb not null,
    restatement_reason text,
    submitted_by uuid not null,
    frozen_at timestamptz not null,
    accepted_at timestamptz,
    returned_at timestamptz,
    return_reason text,
    primary key (report_id, number)
  )`,
  `create index report_sheet_path on report_sheet (org_path)`,
  ...scopePolicy('report_sheet'),
];

const records = (): string[] => [
  `create table report_record (
    report_id uuid not null,
    number int not null,
    teacher_id uuid not null,
    org_path text collate "C" not null,
    record_version int not null,
    effective_version int not null,
    status text not null,
    formal_code boolean not null,
    primary key (report_id, number, teacher_id)
  )`,
  `create index report_record_figure on report_record (report_id, number, status, teacher_id)`,
  ...scopePolicy('report_record'),
];

/** What is frozen cannot be changed by the application at all; only what became of the sheet is written beside it. */
const frozen = (): string[] => [
  `do $$ declare app text := replace(current_user, '_owner', '_app'); begin
    if exists (select 1 from pg_roles where rolname = app) then
      execute format('revoke update, delete, truncate on report_record from %I', app);
      execute format('revoke update, delete, truncate on report_sheet from %I', app);
      execute format('grant update (accepted_at, returned_at, return_reason) on report_sheet to %I', app);
    end if;
  end $$`,
];

import { openPolicy, purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** Read models: organisations, teachers' states, accounts, head counts and the roll-up made of them; campaigns. */
export class Migration0002Reporting extends Migration {
  override up(): void {
    for (const part of [organisations(), teachers(), accounts(), headCounts(), rollUp(), campaigns()])
      for (const statement of part) this.addSql(statement);
  }
}

/** What the projections write and the recount reads. */
const projected = (table: string): string[] => [
  ...purposePolicy(table, 'rollup', 'all'),
  ...purposePolicy(table, 'rebuild', 'all'),
];

const organisations = (): string[] => [
  `create table organisation (
    code text primary key,
    name text not null,
    tier text not null check (tier in ('central', 'province', 'city', 'county', 'school')),
    org_path text collate "C" not null,
    parent_code text,
    category text,
    version int not null
  )`,
  `create index organisation_path on organisation (org_path)`,
  `create index organisation_parent on organisation (parent_code, code)`,
  ...scopePolicy('organisation', { teachers: 'any' }),
  ...projected('organisation'),
];

const teachers = (): string[] => [
  // an empty path: a fact without a place has not come yet; such a row is in nobody's scope and in no count
  `create table teacher_state (
    teacher_id uuid primary key,
    org_path text collate "C" not null default '',
    authority_path text collate "C" not null generated always as (regexp_replace(org_path, '[^.]+\\.$', '')) stored,
    category text not null default '',
    stage text not null default 'not-started',
    record_version int not null default 0,
    case_id uuid,
    case_stage text,
    case_version int not null default 0,
    effective_version int not null default 0,
    formal_code boolean not null default false,
    status text not null default 'not-started',
    moved_at timestamptz not null default now(),
    sex text,
    birth_month text,
    highest_education text,
    highest_degree text,
    pro_title text,
    post_category text,
    post_level text,
    on_establishment text,
    ethnicity text,
    backbone text,
    teaching_status text[] not null default '{}',
    political text[] not null default '{}',
    teaching_stages text[] not null default '{}',
    courses text[] not null default '{}',
    qualifications text[] not null default '{}',
    facts jsonb not null default '{}'
  )`,
  `create index teacher_state_path on teacher_state (org_path, status, teacher_id)`,
  `create index teacher_state_authority on teacher_state (authority_path, status)`,
  ...scopePolicy('teacher_state', { teacher: 'teacher_id' }),
  ...projected('teacher_state'),
];

const accounts = (): string[] => [
  `create table account_state (
    account_id uuid not null,
    role text not null,
    org_code text not null,
    org_path text collate "C" not null,
    issued boolean not null default false,
    activated boolean not null default false,
    primary key (account_id, role, org_code)
  )`,
  `create index account_state_path on account_state (org_path, role)`,
  ...scopePolicy('account_state'),
  ...projected('account_state'),
];

const headCounts = (): string[] => [
  `create table head_count (
    school_code text primary key,
    org_path text collate "C" not null,
    declared int not null check (declared >= 0),
    declared_at timestamptz not null,
    confirmed int check (confirmed >= 0),
    confirmed_at timestamptz,
    version int not null default 1,
    rolled int not null default 0,
    rolled_declared boolean not null default false,
    rolled_confirmed boolean not null default false,
    in_force int not null generated always as (coalesce(confirmed, declared)) stored,
    waiting boolean not null generated always as (
      coalesce(confirmed, declared) <> rolled or not rolled_declared or (confirmed is not null) <> rolled_confirmed) stored
  )`,
  `create index head_count_path on head_count (org_path)`,
  `create index head_count_waiting on head_count (org_path) where waiting`,
  ...scopePolicy('head_count'),
  ...projected('head_count'),
];

const rollUp = (): string[] => [
  // one row per organisation of every tier; `parent` serves a dashboard with one range read
  `create table rollup (
    org_path text collate "C" not null,
    parent text collate "C" not null,
    measure text not null,
    category text not null,
    n int not null,
    primary key (org_path, measure, category)
  )`,
  `create index rollup_parent on rollup (parent, org_path) include (measure, n)`,
  ...scopePolicy('rollup'),
  ...projected('rollup'),
];

const campaigns = (): string[] => [
  `create table campaign (
    org_code text primary key,
    org_path text collate "C" not null,
    starts_on date not null,
    due_on date not null,
    closes_on date not null,
    version int not null default 1,
    check (starts_on <= due_on and due_on <= closes_on)
  )`,
  ...scopePolicy('campaign'),
  ...openPolicy('campaign', 'select', 'dates of the collection bind everybody below; no person data'),
  ...purposePolicy('campaign', 'rollup', 'update'),
];

import { lock, openPolicy, purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/**
 * Teachers, their entries with the whole history, submissions, effective versions, change requests and the replica of
 * organisations. Every table with a teacher's data is locked in both dimensions: organisation path and teacher.
 */
export class Migration0002Records extends Migration {
  override up(): void {
    const parts = [organisations(), teachers(), names(), entries(), submissions(), effect(), changes(), codes()];
    for (const statement of parts.flat()) this.addSql(statement);
  }
}

/**
 * Follows the tree. A school that gets another parent takes its history along; a teacher who moves to
 * another school does not: versions keep the path of who owned them.
 */
const follows = (table: string): string[] => [
  ...purposePolicy(table, 'replicate', 'select'),
  ...purposePolicy(table, 'replicate', 'update'),
];

const organisations = (): string[] => [
  `create table organisation (
    code text primary key,
    name text not null,
    tier text not null,
    org_path text collate "C" not null,
    parent_code text,
    category text,
    version int not null
  )`,
  `create index organisation_path on organisation (org_path)`,
  ...scopePolicy('organisation', { teachers: 'any' }),
  ...purposePolicy('organisation', 'replicate', 'all'),
];

const teachers = (): string[] => [
  `create table teacher (
    id uuid primary key,
    person_id uuid not null,
    org_path text collate "C" not null,
    school_code text not null,
    county text not null,
    city text not null,
    category text not null check (category in ('kindergarten', 'primarySecondary', 'vocational', 'special')),
    name text collate "C" not null,
    sex text not null,
    birth_date date not null,
    doc_type text not null,
    doc_sealed text not null,
    doc_masked text not null,
    doc_blind text not null,
    code_sealed text not null,
    code_masked text not null,
    code_form text not null check (code_form in ('G', 'J', 'L')),
    code_aliases jsonb not null default '[]',
    on_establishment boolean not null,
    contract_start date,
    contract_end date,
    post_kind text,
    stage text not null default 'not-started' check (stage in ('not-started', 'draft', 'complete', 'effective', 'left')),
    case_id uuid,
    case_stage text,
    case_version int not null default 0,
    last_submission_id uuid,
    locked_by uuid,
    open_marks jsonb,
    status text not null generated always as (
      case when stage in ('left', 'effective') then stage
           when case_stage in ('school-review', 'school-returned', 'school-approved', 'authority-review', 'authority-returned', 'conflict') then case_stage
           else stage end) stored,
    version int not null default 1,
    effective_version int not null default 0,
    registered_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  // lists by county, by city and, at a school or above the city, by organisation; the path rides along for the lock
  `create index teacher_county on teacher (county, name, id) include (org_path)`,
  `create index teacher_city on teacher (city, name, id) include (org_path)`,
  `create index teacher_path on teacher (org_path, name, id)`,
  // not unique: a unique index would answer across scopes; the person registry of identity is what keeps numbers single
  `create index teacher_document on teacher (doc_blind)`,
  `create index teacher_namesake on teacher (name, birth_date)`,
  ...scopePolicy('teacher', { teacher: 'id' }),
  ...follows('teacher'),
];

const names = (): string[] => [
  // 1- and 2-character pieces of names: under row-level security only equality uses an index
  `create table gram (
    city text not null,
    gram text collate "C" not null,
    name text collate "C" not null,
    teacher_id uuid not null references teacher (id) on delete cascade,
    county text not null,
    org_path text collate "C" not null,
    primary key (city, gram, name, teacher_id) include (county, org_path)
  )`,
  `create index gram_teacher on gram (teacher_id)`,
  ...scopePolicy('gram', { teacher: 'teacher_id' }),
  ...follows('gram'),
];

const entries = (): string[] => [
  `create table entry (
    id uuid primary key,
    teacher_id uuid not null references teacher (id),
    org_path text collate "C" not null,
    section text not null,
    natural_key text,
    values jsonb not null,
    version int not null default 1,
    catalogue_version text not null,
    effective jsonb,
    effective_version int,
    effective_entry_version int,
    removed boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  `create unique index entry_key on entry (teacher_id, section, natural_key) where not removed and natural_key is not null`,
  `create index entry_teacher on entry (teacher_id, section, id)`,
  `create index entry_path on entry (org_path)`,
  ...scopePolicy('entry', { teacher: 'teacher_id' }),
  ...follows('entry'),

  `create table entry_version (
    id uuid primary key,
    entry_id uuid not null,
    teacher_id uuid not null,
    org_path text collate "C" not null,
    section text not null,
    version int not null,
    values jsonb not null,
    changed_keys text[] not null,
    removed boolean not null default false,
    catalogue_version text not null,
    via jsonb not null,
    account_id uuid not null,
    person_id uuid not null,
    role text not null,
    at timestamptz not null default now()
  )`,
  `create index entry_version_teacher on entry_version (teacher_id, id)`,
  `create index entry_version_entry on entry_version (entry_id, version)`,
  ...scopePolicy('entry_version', { teacher: 'teacher_id' }),
  ...follows('entry_version'),
];

const submissions = (): string[] => [
  `create table submission (
    id uuid primary key,
    teacher_id uuid not null references teacher (id),
    org_path text collate "C" not null,
    school_code text not null,
    category text not null,
    kind text not null check (kind in ('first', 'addition', 'change')),
    state text not null default 'open' check (state in ('open', 'approved', 'returned', 'withdrawn', 'superseded', 'conflict')),
    content jsonb not null,
    content_hash text not null,
    catalogue_version text not null,
    contributors uuid[] not null,
    rule_hits jsonb not null,
    supersedes uuid,
    submitted_by uuid not null,
    submitted_person uuid not null,
    submitted_role text not null,
    submitted_at timestamptz not null default now(),
    decided_at timestamptz
  )`,
  `create index submission_teacher on submission (teacher_id, id)`,
  ...scopePolicy('submission', { teacher: 'teacher_id' }),
  ...follows('submission'),

  `create table submission_review (
    submission_id uuid not null references submission (id),
    step text not null check (step in ('school', 'authority')),
    teacher_id uuid not null,
    org_path text collate "C" not null,
    verdict text not null check (verdict in ('approve', 'return')),
    marks jsonb not null default '[]',
    case_id uuid not null,
    account_id uuid not null,
    person_id uuid,
    role text not null,
    at timestamptz not null,
    primary key (submission_id, step)
  )`,
  `create index submission_review_teacher on submission_review (teacher_id)`,
  ...scopePolicy('submission_review', { teacher: 'teacher_id' }),
  ...follows('submission_review'),
];

const effect = (): string[] => [
  `create table effective_version (
    teacher_id uuid not null references teacher (id),
    version int not null,
    org_path text collate "C" not null,
    submission_id uuid not null,
    kind text not null,
    content jsonb not null,
    catalogue_version text not null,
    effective_from timestamptz not null,
    primary key (teacher_id, version)
  )`,
  `create index effective_version_path on effective_version (org_path)`,
  ...scopePolicy('effective_version', { teacher: 'teacher_id' }),
  ...follows('effective_version'),
];

const changes = (): string[] => [
  `create table change_request (
    id uuid primary key,
    teacher_id uuid not null references teacher (id),
    org_path text collate "C" not null,
    entry_id uuid not null,
    section text not null,
    indicator text not null,
    old_value jsonb,
    new_value jsonb,
    reason text not null,
    evidence jsonb not null default '[]',
    state text not null default 'open' check (state in ('open', 'approved', 'returned', 'withdrawn', 'conflict')),
    submission_id uuid not null,
    case_stage text,
    case_version int not null default 0,
    requested_by uuid not null,
    requested_person uuid not null,
    requested_at timestamptz not null default now(),
    version int not null default 1
  )`,
  // two open requests on one field are a conflict (工作方案 五(五)); inside one teacher, so it answers across no scope
  `create unique index change_request_open on change_request (entry_id, indicator) where state = 'open'`,
  `create index change_request_teacher on change_request (teacher_id, id)`,
  `create index change_request_path on change_request (org_path, id)`,
  `create index change_request_submission on change_request (submission_id)`,
  ...scopePolicy('change_request', { teacher: 'teacher_id' }),
  ...follows('change_request'),
];

const codes = (): string[] => [
  `create table personal_code_serial (
    division text not null,
    birth_date date not null,
    last int not null,
    primary key (division, birth_date)
  )`,
  ...lock('personal_code_serial'),
  ...openPolicy('personal_code_serial', 'all', 'counters of self-made personal codes: division, date and a number'),
];

import { lock, openPolicy, purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** Cases, decisions, submissions upward, batches, and what review keeps of organisations and posts. */
export class Migration0002Review extends Migration {
  override up(): void {
    for (const statement of [...replicas(), ...cases(), ...submissions(), ...batches()]) this.addSql(statement);
  }
}

const replicas = (): string[] => [
  `create table organisation (
    code text primary key,
    name text not null,
    tier text not null,
    org_path text collate "C" not null,
    parent_code text,
    version int not null
  )`,
  `create index organisation_path on organisation (org_path)`,
  ...lock('organisation'),
  ...openPolicy('organisation', 'select', 'codes and names of organisations are public'),
  ...purposePolicy('organisation', 'replicate', 'all'),

  `create table principal_post (
    post_id uuid primary key,
    account_id uuid not null,
    person_id uuid,
    org_path text collate "C" not null,
    ended boolean not null,
    version int not null
  )`,
  `create index principal_post_path on principal_post (org_path)`,
  `create index principal_post_account on principal_post (account_id)`,
  ...scopePolicy('principal_post'),
  ...purposePolicy('principal_post', 'replicate', 'all'),

  // whom an activation bound to an account; may arrive before the account's post
  `create table account_person (
    account_id uuid primary key,
    person_id uuid not null,
    org_path text collate "C" not null
  )`,
  ...scopePolicy('account_person'),
  ...purposePolicy('account_person', 'replicate', 'all'),
];

const cases = (): string[] => [
  `create table review_case (
    id uuid primary key,
    submission_id uuid not null unique,
    teacher_id uuid not null,
    org_path text collate "C" not null,
    org_code text not null,
    category text not null,
    kind text not null check (kind in ('first', 'addition', 'change')),
    stage text not null,
    turn_org_path text collate "C",
    turn_role text,
    content_hash text not null,
    contributors uuid[] not null,
    rule_hits text[] not null,
    submitted_by uuid not null,
    submitter_id uuid,
    submitter_role text not null,
    supersedes uuid,
    school_skipped boolean not null,
    opened_at timestamptz,
    held_by uuid,
    held_until timestamptz,
    receipt text,
    submitted_at timestamptz not null,
    moved_at timestamptz not null,
    version int not null,
    check ((turn_org_path is null) = (turn_role is null)),
    check ((held_by is null) = (held_until is null))
  )`,
  `create index review_case_path on review_case (org_path, id)`,
  `create index review_case_turn on review_case (turn_org_path, turn_role, id)`,
  `create index review_case_stage on review_case (stage, org_path, id)`,
  `create index review_case_teacher on review_case (teacher_id, id)`,
  `create index review_case_held on review_case (held_by) where held_by is not null`,
  `create index review_case_receipt on review_case (receipt) where receipt is not null`,
  ...scopePolicy('review_case', { teacher: 'teacher_id' }),
  ...purposePolicy('review_case', 'replicate', 'select'),
  ...purposePolicy('review_case', 'replicate', 'update'),
  ...purposePolicy('review_case', 'jobs', 'select'),
  ...purposePolicy('review_case', 'jobs', 'update'),

  `create table case_decision (
    id uuid primary key,
    case_id uuid not null references review_case (id),
    org_path text collate "C" not null,
    teacher_id uuid not null,
    step text not null check (step in ('school', 'authority')),
    verdict text not null check (verdict in ('approve', 'return')),
    content_hash text not null,
    batch_id uuid,
    account_id uuid not null,
    person_id uuid not null,
    role text not null,
    reviewer_path text collate "C" not null,
    marks jsonb not null,
    words text,
    decided_at timestamptz not null,
    check ((verdict = 'return') = (words is not null))
  )`,
  `create index case_decision_case on case_decision (case_id, id)`,
  ...scopePolicy('case_decision', { teacher: 'teacher_id' }),
  ...purposePolicy('case_decision', 'replicate', 'select'),
  ...purposePolicy('case_decision', 'replicate', 'update'),
];

const submissions = (): string[] => [
  // the receipt holds the school's code, so a taken one tells nothing about another scope
  `create table upward_submission (
    receipt text primary key,
    org_path text collate "C" not null,
    org_code text not null,
    authority_code text not null,
    count int not null,
    content_hash text not null,
    sent_at timestamptz not null,
    sent_by uuid not null,
    sender_id uuid not null
  )`,
  `create index upward_submission_path on upward_submission (org_path, receipt)`,
  ...scopePolicy('upward_submission'),
  ...purposePolicy('upward_submission', 'replicate', 'select'),
  ...purposePolicy('upward_submission', 'replicate', 'update'),

  `create table receipt_number (
    org_code text not null,
    org_path text collate "C" not null,
    day text not null,
    last int not null,
    primary key (org_code, day)
  )`,
  ...scopePolicy('receipt_number'),
  ...purposePolicy('receipt_number', 'replicate', 'select'),
  ...purposePolicy('receipt_number', 'replicate', 'update'),
];

const batches = (): string[] => [
  `create table review_batch (
    id uuid primary key,
    org_path text collate "C" not null,
    account_id uuid not null,
    post_id uuid not null,
    person_id uuid not null,
    state text not null check (state in ('held', 'released', 'undone', 'stopped')),
    created_at timestamptz not null,
    release_at timestamptz not null,
    closed_at timestamptz,
    stopped_by text,
    items jsonb not null
  )`,
  `create index review_batch_due on review_batch (release_at) where state = 'held'`,
  `create index review_batch_path on review_batch (org_path, id)`,
  ...scopePolicy('review_batch'),
  ...purposePolicy('review_batch', 'jobs', 'select'),
  ...purposePolicy('review_batch', 'jobs', 'update'),
  ...purposePolicy('review_batch', 'replicate', 'select'),
  ...purposePolicy('review_batch', 'replicate', 'update'),
];

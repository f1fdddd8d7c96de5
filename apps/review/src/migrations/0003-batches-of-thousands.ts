import { accountPolicy, purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** Selections, batches with one row per case and a lease, shapes of change, who has a case open (ADR 0076–0078). */
export class Migration0003BatchesOfThousands extends Migration {
  override up(): void {
    for (const statement of [...cases(), ...selections(), ...batches()]) this.addSql(statement);
  }
}

const cases = (): string[] => [
  `alter table review_case add column shape text not null default '', add column claimed_by uuid, add column claimed_until timestamptz,
     add constraint review_case_claim check ((claimed_by is null) = (claimed_until is null))`,
];

const selections = (): string[] => [
  `create table selection (
    id uuid primary key,
    account_id uuid not null,
    post_id uuid not null,
    org_path text collate "C" not null,
    made_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index selection_expiry on selection (expires_at)`,
  ...accountPolicy('selection'),
  ...purposePolicy('selection', 'jobs', 'select'),
  ...purposePolicy('selection', 'jobs', 'delete'),

  `create table selection_item (
    selection_id uuid not null,
    case_id uuid not null,
    content_hash text not null,
    account_id uuid not null,
    org_path text collate "C" not null,
    primary key (selection_id, case_id)
  )`,
  ...accountPolicy('selection_item'),
  ...purposePolicy('selection_item', 'jobs', 'select'),
  ...purposePolicy('selection_item', 'jobs', 'delete'),
];

const batches = (): string[] => [
  `create table review_batch_item (
    batch_id uuid not null references review_batch (id),
    case_id uuid not null,
    org_path text collate "C" not null,
    content_hash text not null,
    result text not null check (result in ('waiting', 'held', 'decided', 'skipped', 'undone')),
    code text,
    zh text,
    en text,
    primary key (batch_id, case_id),
    check ((result = 'skipped') = (code is not null))
  )`,
  `create index review_batch_item_result on review_batch_item (batch_id, result, case_id)`,
  // forced row-level security binds the owner, too
  `alter table review_batch no force row level security`,
  `insert into review_batch_item (batch_id, case_id, org_path, content_hash, result, code, zh, en)
   select b.id, (i ->> 'caseId')::uuid, b.org_path, i ->> 'contentHash',
     case when i -> 'skipped' is not null then 'skipped'
       else (case b.state when 'held' then 'held' when 'released' then 'decided' else 'undone' end) end,
     i -> 'skipped' ->> 'code', i -> 'skipped' ->> 'zh', i -> 'skipped' ->> 'en'
   from review_batch b, jsonb_array_elements(b.items) i`,
  `alter table review_batch force row level security`,
  ...scopePolicy('review_batch_item'),
  ...purposePolicy('review_batch_item', 'jobs', 'select'),
  ...purposePolicy('review_batch_item', 'jobs', 'update'),
  ...purposePolicy('review_batch_item', 'replicate', 'select'),
  ...purposePolicy('review_batch_item', 'replicate', 'update'),

  `alter table review_batch drop column items, drop constraint review_batch_state_check,
     add column verdict text not null default 'approve' check (verdict in ('approve', 'return')),
     add column marks jsonb not null default '[]', add column words text,
     add column lease_owner uuid, add column lease_until timestamptz, add column failures int not null default 0`,
  `alter table review_batch add constraint review_batch_state_check
     check (state in ('holding', 'held', 'releasing', 'released', 'undone', 'stopped'))`,
  `drop index review_batch_due`,
  `create index review_batch_due on review_batch (release_at) where state in ('holding', 'held', 'releasing')`,
  `create index review_batch_account on review_batch (account_id, id)`,
];

import { accountPolicy, lock, Migration, purposePolicy } from '@shidang/persistence';

/** Who holds which post, and the notices of each account. */
export class Migration0002Notifications extends Migration {
  override up(): void {
    for (const statement of [...posts(), ...notices()]) this.addSql(statement);
  }
}

const posts = (): string[] => [
  `create table post (
    post_id uuid primary key,
    account_id uuid not null,
    role text not null,
    org_path text collate "C" not null,
    teacher_id uuid,
    ended boolean not null,
    version int not null
  )`,
  `create index post_place on post (org_path, role) where not ended`,
  `create index post_account on post (account_id) where not ended`,
  `create index post_teacher on post (teacher_id) where not ended and teacher_id is not null`,
  ...lock('post'),
  ...purposePolicy('post', 'replicate', 'all'),
  ...purposePolicy('post', 'jobs', 'select'),
];

const notices = (): string[] => [
  `create table notice (
    id uuid primary key,
    account_id uuid not null,
    post_id uuid not null,
    kind text not null,
    merge_key text not null,
    count int not null,
    organisation text not null,
    case_id uuid,
    teacher_id uuid,
    report_id uuid,
    month text,
    at timestamptz not null,
    read_at timestamptz
  )`,
  // what happens again before it is read is counted into the same notice
  `create unique index notice_unread on notice (account_id, merge_key) where read_at is null`,
  `create index notice_account on notice (account_id, at desc, id desc)`,
  `create index notice_post on notice (post_id)`,
  ...accountPolicy('notice'),
  ...purposePolicy('notice', 'jobs', 'select'),
  ...purposePolicy('notice', 'jobs', 'insert'),
  ...purposePolicy('notice', 'jobs', 'update'),
  ...purposePolicy('notice', 'replicate', 'select'),
  ...purposePolicy('notice', 'replicate', 'delete'),
];

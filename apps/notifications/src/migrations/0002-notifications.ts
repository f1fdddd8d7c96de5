import { accountPolicy, lock, purposePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** Who holds which post, and the notices of each account. */
export class Migration0002Notifications extends Migration {
  override up(): void {
    for (const statement of [...posts(), ...tellings(), ...notices()]) this.addSql(statement);
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

const tellings = (): string[] => [
  // what was told lately and to whom it is addressed, for posts whose news are still on the way
  `create table telling (
    message_id uuid not null,
    kind text not null,
    place text collate "C",
    role text,
    account_id uuid,
    teacher_id uuid,
    actor_id uuid,
    about_path text collate "C" not null,
    organisation text not null,
    case_id uuid,
    about_teacher_id uuid,
    report_id uuid,
    month text,
    at timestamptz not null,
    received_at timestamptz not null default now(),
    check (num_nonnulls(place, account_id, teacher_id) = 1 and (place is null) = (role is null))
  )`,
  `create index telling_place on telling (place, role) where place is not null`,
  `create index telling_account on telling (account_id) where account_id is not null`,
  `create index telling_teacher on telling (teacher_id) where teacher_id is not null`,
  `create index telling_age on telling (received_at)`,
  ...lock('telling'),
  ...purposePolicy('telling', 'jobs', 'all'),
  ...purposePolicy('telling', 'replicate', 'select'),

  // each account is told of each fact once, whichever way leads to it
  `create table told (
    message_id uuid not null,
    account_id uuid not null,
    received_at timestamptz not null default now(),
    primary key (message_id, account_id)
  )`,
  `create index told_age on told (received_at)`,
  ...lock('told'),
  ...purposePolicy('told', 'jobs', 'all'),
  ...purposePolicy('told', 'replicate', 'select'),
  ...purposePolicy('told', 'replicate', 'insert'),

  // one row per organisation: who tells there and who takes up a post there wait for each other
  `create table place (org_path text collate "C" primary key)`,
  ...lock('place'),
  ...purposePolicy('place', 'jobs', 'all'),
  ...purposePolicy('place', 'replicate', 'all'),
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
  ...purposePolicy('notice', 'replicate', 'all'),
];

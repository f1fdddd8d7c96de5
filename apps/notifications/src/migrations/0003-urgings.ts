import { purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** 督办: what was urged by whom, what waited where, who was told, what came of it. Nothing is ever deleted: it is evidence. */
export class Migration0003Urgings extends Migration {
  override up(): void {
    for (const statement of [...urgings(), ...places(), ...recipients(), ...replies(), ...addressed()])
      this.addSql(statement);
    this.addSql(`alter table notice add column urging_id uuid`);
  }
}

const urgings = (): string[] => [
  `create table urging (
    id uuid primary key,
    sender_account uuid not null,
    sender_post uuid not null,
    org_path text collate "C" not null,
    sender_code text not null,
    sender_name text not null,
    audience text not null check (audience in ('actors', 'organisations')),
    turns text[] not null,
    words text,
    due_on date,
    reply_required boolean not null,
    sent_at timestamptz not null,
    deliver_at timestamptz not null,
    delivered_at timestamptz,
    climbs_at timestamptz,
    climbed_at timestamptz,
    checked_at timestamptz not null,
    done_at timestamptz
  )`,
  `create index urging_sender on urging (org_path, sent_at desc, id desc)`,
  `create index urging_held on urging (deliver_at) where delivered_at is null and done_at is null`,
  `create index urging_open on urging (checked_at) where done_at is null`,
  `create index urging_climbing on urging (climbs_at) where climbed_at is null and done_at is null and climbs_at is not null`,
  ...scopePolicy('urging'),
  ...purposePolicy('urging', 'jobs', 'all'),
];

const places = (): string[] => [
  `create table urging_place (
    urging_id uuid not null references urging,
    code text not null,
    turn text not null,
    name text not null,
    tier text not null,
    org_path text collate "C" not null,
    sender_path text collate "C" not null,
    n int not null,
    "left" int not null,
    primary key (urging_id, code, turn)
  )`,
  ...scopePolicy('urging_place', { path: 'sender_path' }),
  ...purposePolicy('urging_place', 'jobs', 'all'),
];

const recipients = (): string[] => [
  `create table urging_recipient (
    id uuid not null unique,
    urging_id uuid not null references urging,
    account_id uuid not null,
    post_id uuid not null,
    role text not null,
    teacher_id uuid,
    org_path text collate "C" not null,
    name text not null,
    sender_path text collate "C" not null,
    climbed boolean not null default false,
    delivered_at timestamptz,
    read_at timestamptz,
    replied_at timestamptz,
    ended_at timestamptz,
    primary key (urging_id, account_id)
  )`,
  `create index urging_recipient_account on urging_recipient (account_id, delivered_at desc) where delivered_at is not null`,
  `create index urging_recipient_post on urging_recipient (post_id)`,
  ...scopePolicy('urging_recipient', { path: 'sender_path' }),
  ...purposePolicy('urging_recipient', 'jobs', 'all'),
  ...purposePolicy('urging_recipient', 'replicate', 'select'),
  ...purposePolicy('urging_recipient', 'replicate', 'update'),
];

const replies = (): string[] => [
  `create table urging_reply (
    id uuid primary key,
    urging_id uuid not null references urging,
    account_id uuid not null,
    role text not null,
    org_path text collate "C" not null,
    name text not null,
    sender_path text collate "C" not null,
    words text not null,
    at timestamptz not null,
    told_at timestamptz
  )`,
  `create index urging_reply_of on urging_reply (urging_id, at desc)`,
  `create index urging_reply_untold on urging_reply (at) where told_at is null`,
  ...scopePolicy('urging_reply', { path: 'sender_path' }),
  ...purposePolicy('urging_reply', 'jobs', 'all'),
];

const me = `nullif((select current_setting('shidang.account', true)), '')`;
const held = `account_id::text = ${me} and delivered_at is not null and ended_at is null`;

/** Beside the sender's range: whom it is addressed to, from its delivery until his post ends, and no farther than his own place. */
const addressed = (): string[] => [
  `create policy addressed on urging_recipient using (${held}) with check (account_id::text = ${me})`,
  `create policy addressed on urging for select using (exists (
     select 1 from urging_recipient r where r.urging_id = urging.id and r.${held}))`,
  `create policy addressed on urging_place for select using (exists (
     select 1 from urging_recipient r where r.urging_id = urging_place.urging_id and r.${held}
       and r.teacher_id is null and starts_with(urging_place.org_path, r.org_path)))`,
  `create policy addressed on urging_reply using (account_id::text = ${me}) with check (account_id::text = ${me})`,
];

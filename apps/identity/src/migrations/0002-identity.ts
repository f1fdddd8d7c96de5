import { accountPolicy, lock, purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** Organisations, accounts, posts, activation codes, sessions and the person registry. */
export class Migration0002Identity extends Migration {
  override up(): void {
    for (const statement of [...organisations(), ...accounts(), ...activations(), ...sessions(), ...persons()]) {
      this.addSql(statement);
    }
  }
}

const organisations = (): string[] => [
  // codes are public and never reused: their uniqueness may answer across scopes
  `create table organisation (
    id uuid primary key,
    code text not null unique,
    name text not null,
    tier text not null check (tier in ('central', 'province', 'city', 'county', 'school')),
    parent_code text references organisation (code),
    org_path text collate "C" not null unique,
    running_type text,
    category text check (category in ('kindergarten', 'primarySecondary', 'vocational', 'special')),
    owner text,
    urban_rural text,
    founded_at timestamptz not null,
    version int not null default 1,
    check ((tier = 'school') = (category is not null)),
    check ((tier = 'central') = (parent_code is null))
  )`,
  `create index organisation_parent on organisation (parent_code, code)`,
  ...scopePolicy('organisation', { teachers: 'any' }),
  ...purposePolicy('organisation', 'sign-in', 'select'),
  ...purposePolicy('organisation', 'activation', 'select'),
  ...purposePolicy('organisation', 'accounts', 'select'),
  ...purposePolicy('organisation', 'setup', 'all'),

  `create table organisation_change (
    id uuid primary key,
    organisation_id uuid not null references organisation (id),
    org_path text collate "C" not null,
    what text not null check (what in ('founded', 'renamed')),
    name text not null,
    former_name text,
    account_id uuid,
    at timestamptz not null
  )`,
  `create index organisation_change_of on organisation_change (organisation_id, id)`,
  ...scopePolicy('organisation_change'),
  ...purposePolicy('organisation_change', 'setup', 'insert'),
];

const accounts = (): string[] => [
  // login names end in @organisation, so a taken one tells nothing about another scope
  `create table account (
    id uuid primary key,
    org_path text collate "C" not null,
    org_code text not null,
    login_name text not null unique,
    name text,
    person_id uuid,
    teacher_id uuid unique,
    password_hash text,
    password_set_at timestamptz,
    activated_at timestamptz,
    status text not null check (status in ('issued', 'active', 'disabled')),
    failures int not null default 0,
    locked_until timestamptz,
    last_login_at timestamptz,
    sessions_from timestamptz not null,
    created_at timestamptz not null,
    version int not null default 1,
    check (status <> 'active' or (password_hash is not null and person_id is not null))
  )`,
  `create index account_path on account (org_path, id)`,
  `create index account_person on account (person_id)`,
  ...scopePolicy('account'),
  ...accountPolicy('account', 'id'),
  ...purposePolicy('account', 'sign-in', 'select'),
  ...purposePolicy('account', 'sign-in', 'update'),
  ...purposePolicy('account', 'activation', 'select'),
  ...purposePolicy('account', 'activation', 'update'),
  ...purposePolicy('account', 'accounts', 'select'),
  ...purposePolicy('account', 'setup', 'all'),

  `create table post (
    id uuid primary key,
    account_id uuid not null references account (id),
    role text not null,
    tier text not null,
    org_path text collate "C" not null,
    org_code text not null,
    granted_by uuid,
    granted_at timestamptz not null,
    expires_at timestamptz,
    ended_at timestamptz,
    version int not null default 1
  )`,
  `create unique index post_held_once on post (account_id, role, org_path) where ended_at is null`,
  `create index post_path on post (org_path, role)`,
  `create index post_expiry on post (expires_at) where ended_at is null and expires_at is not null`,
  ...scopePolicy('post'),
  // one reads one's own posts wherever they are; nobody grants himself one
  `create policy account on post for select using (account_id::text = nullif(current_setting('shidang.account', true), ''))`,
  ...purposePolicy('post', 'sign-in', 'select'),
  ...purposePolicy('post', 'activation', 'select'),
  ...purposePolicy('post', 'activation', 'update'),
  ...purposePolicy('post', 'accounts', 'select'),
  ...purposePolicy('post', 'jobs', 'select'),
  ...purposePolicy('post', 'jobs', 'update'),
  ...purposePolicy('post', 'setup', 'all'),
];

const activations = (): string[] => [
  `create table activation_code (
    id uuid primary key,
    account_id uuid not null references account (id),
    org_path text collate "C" not null,
    code_hash text not null unique,
    issued_by uuid,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    redeemed_at timestamptz,
    voided_at timestamptz
  )`,
  `create unique index activation_code_open on activation_code (account_id) where redeemed_at is null and voided_at is null`,
  ...scopePolicy('activation_code'),
  ...purposePolicy('activation_code', 'activation', 'select'),
  ...purposePolicy('activation_code', 'activation', 'update'),
  ...purposePolicy('activation_code', 'setup', 'all'),
];

const sessions = (): string[] => [
  `create table session (
    id uuid primary key,
    account_id uuid not null references account (id),
    post_id uuid not null references post (id),
    token_hash text not null unique,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    idle_seconds int not null,
    ends_at timestamptz not null,
    ended_at timestamptz
  )`,
  `create index session_account on session (account_id) where ended_at is null`,
  ...accountPolicy('session'),
  ...purposePolicy('session', 'sign-in', 'all'),
];

const persons = (): string[] => [
  // the registry has no reference to accounts: a deployment may point it to the centre (S2)
  `create table person (
    id uuid primary key,
    blind text not null unique,
    document_type text not null,
    document text not null,
    name text not null,
    teacher_id uuid unique,
    claimed_at timestamptz,
    confirmed_at timestamptz,
    bound_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  ...lock('person'),
  ...purposePolicy('person', 'person-claim', 'all'),
  ...purposePolicy('person', 'activation', 'select'),
  ...purposePolicy('person', 'activation', 'insert'),
  ...purposePolicy('person', 'activation', 'update'),
  ...purposePolicy('person', 'sign-in', 'select'),
];

import { Migration } from '@mikro-orm/migrations';
import { monthlyPartitions } from './partitions';
import { accountPolicy, lock, openPolicy, purposePolicy, scopePolicy } from './policies';

/**
 * Tables every service has: what it tells (outbox), what it has applied (inbox), what was done (audit_event), stored
 * answers (idempotency) and messages set aside (dead_letter). The first three are partitioned by the month in their
 * UUIDv7 key, so that old months are detached instead of deleted (S1).
 */
export class Migration0001Bones extends Migration {
  override up(): void {
    for (const statement of bones()) this.addSql(statement);
  }
}

function bones(): string[] {
  return [
    `create table outbox (
      id uuid primary key,
      subject text not null,
      aggregate_id uuid not null,
      org_path text collate "C" not null,
      payload jsonb not null,
      traceparent text not null,
      published_at timestamptz
    ) partition by range (id)`,
    `create index outbox_unpublished on outbox (id) where published_at is null`,
    ...lock('outbox'),
    ...openPolicy('outbox', 'insert', 'facts of ids and codes, told by whoever holds the transaction'),
    ...purposePolicy('outbox', 'relay', 'select'),
    ...purposePolicy('outbox', 'relay', 'update'),
    ...purposePolicy('outbox', 'rebuild', 'select'),

    `create table relay_turn (one boolean primary key default true check (one))`,
    `insert into relay_turn default values`,
    ...lock('relay_turn'),
    ...purposePolicy('relay_turn', 'relay', 'select'),
    ...purposePolicy('relay_turn', 'relay', 'update'),

    `create table inbox (
      message_id uuid not null,
      durable text not null,
      received_at timestamptz not null default now(),
      primary key (message_id, durable)
    ) partition by range (message_id)`,
    ...lock('inbox'),
    ...openPolicy('inbox', 'all', 'message ids only'),

    `create table audit_event (
      id uuid primary key,
      at timestamptz not null default now(),
      account_id uuid, person_id uuid, role text,
      org_path text collate "C" not null,
      what text not null,
      object text,
      result text not null,
      reason text,
      before_hash text, after_hash text,
      address text, trace_id text
    ) partition by range (id)`,
    `create index audit_event_object on audit_event (object, id)`,
    `create index audit_event_path on audit_event (org_path, id)`,
    ...scopePolicy('audit_event', { teachers: 'any' }),
    ...openPolicy('audit_event', 'insert', 'append only: everybody leaves a trace, whatever the scope'),

    `create table idempotency (
      account_id uuid not null,
      contract text not null,
      key text not null,
      fingerprint text not null,
      answer text,
      created_at timestamptz not null default now(),
      primary key (account_id, contract, key)
    )`,
    `create index idempotency_age on idempotency (created_at)`,
    ...accountPolicy('idempotency'),
    ...purposePolicy('idempotency', 'retention', 'select'),
    ...purposePolicy('idempotency', 'retention', 'delete'),

    `create table dead_letter (
      id uuid primary key,
      durable text not null, subject text not null, message_id text not null,
      payload jsonb not null, error text not null, deliveries int not null,
      buried_at timestamptz not null default now(), replayed_at timestamptz,
      unique (durable, message_id)
    )`,
    ...lock('dead_letter'),
    ...purposePolicy('dead_letter', 'dead-letters', 'all'),

    ...['outbox', 'inbox', 'audit_event'].flatMap((table) => monthlyPartitions(table, new Date(), 36)),
    // facts and traces are never changed or removed by the application (T1)
    `do $$ declare app text := replace(current_user, '_owner', '_app'); begin
      if exists (select 1 from pg_roles where rolname = app) then
        execute format('revoke update, delete, truncate on audit_event from %I', app);
        execute format('revoke delete, truncate on outbox from %I', app);
        execute format('revoke update on outbox from %I', app);
        execute format('grant update (published_at) on outbox to %I', app);
      end if;
    end $$`,
  ];
}

import { Migration } from '@mikro-orm/migrations';
import { lock, openPolicy, purposePolicy } from '../policies';

/**
 * The hash chain over `audit_event` (T2). `audit_unsealed` is the queue from the writing transaction to the sealer;
 * `audit_seal` the chain; `audit_witness` heads this service keeps for another; `audit_check` what the service itself found.
 */
export class Migration0002AuditChain extends Migration {
  override up(): void {
    for (const statement of chain()) this.addSql(statement);
  }
}

function chain(): string[] {
  return [
    `create table audit_unsealed (id uuid primary key, mark bytea not null)`,
    ...lock('audit_unsealed'),
    ...openPolicy('audit_unsealed', 'insert', 'whoever leaves a trace queues it for sealing'),
    ...purposePolicy('audit_unsealed', 'audit-chain', 'select'),
    ...purposePolicy('audit_unsealed', 'audit-chain', 'delete'),

    `create table audit_seal (
      sequence bigint primary key,
      form smallint not null,
      opening boolean not null,
      at timestamptz not null,
      rows int not null,
      total bigint not null,
      first uuid,
      entries bytea not null,
      faults text not null,
      hash text not null,
      signature text not null
    )`,
    `alter table audit_seal alter column entries set storage external`,
    ...lock('audit_seal'),
    ...purposePolicy('audit_seal', 'audit-chain', 'select'),
    ...purposePolicy('audit_seal', 'audit-chain', 'insert'),

    `create table audit_turn (what text primary key)`,
    `insert into audit_turn values ('seal'), ('tell')`,
    ...lock('audit_turn'),
    ...purposePolicy('audit_turn', 'audit-chain', 'select'),
    ...purposePolicy('audit_turn', 'audit-chain', 'update'),

    `create table audit_witness (
      service text not null,
      sequence bigint not null,
      rows int not null,
      total bigint not null,
      first uuid,
      at timestamptz not null,
      hash text not null,
      signature text not null,
      told_at timestamptz not null default now(),
      primary key (service, sequence)
    )`,
    ...lock('audit_witness'),
    ...purposePolicy('audit_witness', 'audit-chain', 'select'),
    ...purposePolicy('audit_witness', 'audit-chain', 'insert'),

    `create table audit_check (
      id uuid primary key,
      at timestamptz not null default now(),
      state text not null,
      from_sequence bigint not null,
      to_sequence bigint not null,
      rows bigint not null,
      bad jsonb
    )`,
    ...lock('audit_check'),
    ...purposePolicy('audit_check', 'audit-chain', 'select'),
    ...purposePolicy('audit_check', 'audit-chain', 'insert'),

    ...purposePolicy('audit_event', 'audit-chain', 'select'),
    `do $$ declare app text := replace(current_user, '_owner', '_app'); begin
      if exists (select 1 from pg_roles where rolname = app) then
        execute format('revoke update, delete, truncate on audit_seal, audit_witness, audit_check from %I', app);
        execute format('revoke update, truncate on audit_unsealed from %I', app);
      end if;
    end $$`,
  ];
}

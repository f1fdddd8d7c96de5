import { Migration } from '@mikro-orm/migrations';
import { lock, purposePolicy } from '../policies';

/** Declared restores (T2): `era` of a kept head = how many restores its service had declared when it came. Never removed. */
export class Migration0003AuditRestored extends Migration {
  override up(): void {
    for (const statement of restored()) this.addSql(statement);
  }
}

function restored(): string[] {
  return [
    `alter table audit_witness add column era int not null default 0,
       drop constraint audit_witness_pkey, add primary key (service, sequence, era)`,
    `create table audit_restored (
      service text not null,
      era int not null,
      id uuid not null,
      restored_to timestamptz not null,
      reason text not null,
      sequence bigint not null,
      hash text not null,
      set_aside bigint not null,
      at timestamptz not null,
      signature text not null,
      primary key (service, era),
      unique (service, id)
    )`,
    ...lock('audit_restored'),
    ...purposePolicy('audit_restored', 'audit-chain', 'select'),
    ...purposePolicy('audit_restored', 'audit-chain', 'insert'),
    `do $$ declare app text := replace(current_user, '_owner', '_app'); begin
      if exists (select 1 from pg_roles where rolname = app) then
        execute format('revoke update, delete, truncate on audit_restored from %I', app);
        execute format('revoke insert, delete, truncate on audit_turn from %I', app);
      end if;
    end $$`,
  ];
}

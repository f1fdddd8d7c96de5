import { Migration } from '@mikro-orm/migrations';

/** What an auditor asks by: the record an event belongs to, the fields it touched, the account that did it. */
export class Migration0001AuditTrail extends Migration {
  override up(): void {
    this.addSql(`alter table audit_event add column concerns text, add column fields text[]`);
    this.addSql(`create index audit_event_concerns on audit_event (concerns, id)`);
    this.addSql(`create index audit_event_account on audit_event (account_id, id)`);
  }
}

import { Migration } from '@shidang/persistence/migration';

/** What is left of an urging is counted over the organisations it was sent for; one that cannot be counted lets the others have their turn. */
export class Migration0004UrgedOrganisations extends Migration {
  override up(): void {
    this.addSql(`alter table urging add column organisations text[], add column tried_at timestamptz`);
    this.addSql(`drop index urging_open`);
    this.addSql(`create index urging_open on urging (greatest(checked_at, tried_at)) where done_at is null`);
  }
}

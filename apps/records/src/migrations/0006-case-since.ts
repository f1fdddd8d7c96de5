import { Migration } from '@shidang/persistence/migration';

/** Since when a case stands where it stands: lists say for how many days it has been somebody's turn. */
export class Migration0006CaseSince extends Migration {
  override up(): void {
    this.addSql(`alter table teacher add column case_since timestamptz`);
  }
}

import { Migration } from '@shidang/persistence/migration';

/** 与去年一致: section → when, by whom and on which content it was confirmed. */
export class Migration0015ConfirmedSections extends Migration {
  override up(): void {
    this.addSql(`alter table teacher add column confirmed jsonb not null default '{}'`);
  }
}

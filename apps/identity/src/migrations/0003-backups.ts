import { lock, purposePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** When `ops backup take` took a backup of the whole cluster, written by whoever took it; nothing of ours changes it. */
export class Migration0003Backups extends Migration {
  override up(): void {
    this.addSql(`create table backup_taken (id uuid primary key, taken_at timestamptz not null default now())`);
    for (const statement of [...lock('backup_taken'), ...purposePolicy('backup_taken', 'jobs', 'select')])
      this.addSql(statement);
  }
}

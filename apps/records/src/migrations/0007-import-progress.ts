import { purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/**
 * How far the step is that an import is in, written with the work it counts; columns of a workbook that are no template's wait for a choice, which is kept for
 * the organisation (ADR 0085). Headers are what people typed: they lie sealed, as cells do.
 */
export class Migration0007ImportProgress extends Migration {
  override up(): void {
    this.addSql(
      `alter table import add column step_total int not null default 0, add column step_done int not null default 0,
         add column chosen text, add column ignored jsonb`,
    );
    this.addSql(`alter table import drop constraint import_state_check`);
    this.addSql(`alter table import add constraint import_state_check check (state in
      ('uploading', 'uploaded', 'checking', 'matching', 'checked', 'committing', 'committed', 'undoing', 'undone', 'failed'))`);
    for (const statement of keptColumns()) this.addSql(statement);
  }
}

const keptColumns = (): string[] => [
  `create table kept_columns (
    organisation text not null,
    section text not null,
    org_path text collate "C" not null,
    sealed text not null,
    primary key (organisation, section)
  )`,
  ...scopePolicy('kept_columns', { teachers: 'none' }),
  ...purposePolicy('kept_columns', 'jobs', 'select'),
  // a school takes it along to another authority
  ...purposePolicy('kept_columns', 'replicate', 'select'),
  ...purposePolicy('kept_columns', 'replicate', 'update'),
];

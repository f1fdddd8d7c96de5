import { purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/**
 * What was said about columns is kept for one header each (ADR 0110), no longer for a section: the old answers were for headers nobody
 * can tell any more, and are asked for once again. `kept_columns` stays, unread, while the release before may still run beside this one.
 */
export class Migration0011KeptHeader extends Migration {
  override up(): void {
    for (const statement of keptHeader()) this.addSql(statement);
  }
}

const keptHeader = (): string[] => [
  `create table kept_header (
    organisation text not null,
    section text not null,
    header text not null,
    org_path text collate "C" not null,
    sealed text not null,
    said_at timestamptz not null default now(),
    primary key (organisation, section, header)
  )`,
  ...scopePolicy('kept_header', { teachers: 'none' }),
  ...purposePolicy('kept_header', 'jobs', 'select'),
  // a school takes it along to another authority
  ...purposePolicy('kept_header', 'replicate', 'select'),
  ...purposePolicy('kept_header', 'replicate', 'update'),
];

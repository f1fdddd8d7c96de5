import { accountPolicy, purposePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** Files made for one account lie sealed for two minutes, so that any replica hands out the next piece. */
export class Migration0010Download extends Migration {
  override up(): void {
    for (const statement of [...downloads(), ...chunks()]) this.addSql(statement);
  }
}

const downloads = (): string[] => [
  `create table download (
    id uuid not null unique,
    account_id uuid not null,
    thing text collate "C" not null,
    making_until timestamptz not null,
    file_name text,
    size int,
    etag text,
    made_at timestamptz,
    primary key (account_id, thing)
  )`,
  `create index download_age on download (making_until)`,
  ...accountPolicy('download'),
  ...purposePolicy('download', 'jobs', 'all'),
];

const chunks = (): string[] => [
  `create table download_chunk (
    download_id uuid not null references download (id) on delete cascade,
    index int not null,
    account_id uuid not null,
    sealed text not null,
    primary key (download_id, index)
  )`,
  ...accountPolicy('download_chunk'),
  ...purposePolicy('download_chunk', 'jobs', 'all'),
];

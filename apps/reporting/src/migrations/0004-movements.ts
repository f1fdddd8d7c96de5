import { forPurpose, purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** The last movement at each school, kept as records move: a county's is the latest of its schools (ADR 0101). */
export class Migration0004Movements extends Migration {
  override up(): void {
    for (const statement of movements()) this.addSql(statement);
  }
}

const movements = (): string[] => [
  `create table movement (
    org_path text collate "C" primary key,
    parent text collate "C" not null,
    moved_at timestamptz not null
  )`,
  `create index movement_parent on movement (parent) include (org_path, moved_at)`,
  ...scopePolicy('movement'),
  ...purposePolicy('movement', 'rollup', 'all'),
  ...purposePolicy('movement', 'rebuild', 'all'),
  ...forPurpose('rebuild', [
    `insert into movement (org_path, parent, moved_at)
     select org_path, authority_path, max(moved_at) from teacher_state where org_path <> '' group by 1, 2`,
  ]),
];

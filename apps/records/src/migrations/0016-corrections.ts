import { purposePolicy, scopePolicy } from '@shidang/persistence';
import { Migration } from '@shidang/persistence/migration';

/** What teachers ask their school to correct, and what it answered. */
export class Migration0016Corrections extends Migration {
  override up(): void {
    for (const statement of corrections()) this.addSql(statement);
  }
}

const corrections = (): string[] => [
  `create table correction (
    id uuid primary key,
    teacher_id uuid not null references teacher (id),
    org_path text collate "C" not null,
    entry_id uuid not null,
    section text not null,
    indicator text not null,
    present_value jsonb,
    proposes boolean not null,
    proposed_value jsonb,
    reason text not null,
    asked_by uuid not null,
    asked_at timestamptz not null default now(),
    state text not null default 'open' check (state in ('open', 'applied', 'declined')),
    words text,
    change_request_id uuid references change_request (id),
    answered_by uuid,
    answered_at timestamptz
  )`,
  // one open request on one value; inside one teacher, so it answers across no scope
  `create unique index correction_open on correction (entry_id, indicator) where state = 'open'`,
  `create index correction_teacher on correction (teacher_id, id)`,
  `create index correction_path on correction (org_path, id)`,
  ...scopePolicy('correction', { teacher: 'teacher_id' }),
  ...purposePolicy('correction', 'replicate', 'select'),
  ...purposePolicy('correction', 'replicate', 'update'),
];

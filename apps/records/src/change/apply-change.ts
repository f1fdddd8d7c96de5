import { canonicalJson, catalogueVersion } from '@shidang/catalogue';
import type { CaseMoved } from '@shidang/contracts';
import { newId, type Sql } from '@shidang/persistence';
import { naturalKeyOf } from '../entry/natural-key';
import type { ContentChange } from '../submission/content';
import type { Submission } from '../submission/submission.entity';
import { factAt, isMendable, rewriteGrams, type MendableFact } from '../teacher/identity-facts';
import type { Teacher } from '../teacher/teacher.entity';
import { insertRows } from '../value/insert-rows';
import { isSealed, type StoredValues } from '../value/sealed-values';

const asText = (value: unknown) => canonicalJson(value ?? null);

interface Row {
  id: string;
  org_path: string;
  values: StoredValues;
  effective: StoredValues | null;
  version: number;
}

async function rowOf(sql: Sql, change: ContentChange): Promise<Row | undefined> {
  const [row] = await sql<Row>(
    `select id, org_path, "values", effective, version from entry where id = $1 and not removed for update`,
    [change.entryId],
    'change-row',
  );
  return row;
}

/** Is the old value still the effective one? */
export async function changesFit(sql: Sql, teacher: Teacher, submission: Submission): Promise<boolean> {
  for (const change of submission.content.changes) {
    const fact = factAt(change.section, change.indicator);
    const effective = isMendable(fact) ? teacher[fact] : (await rowOf(sql, change))?.effective?.[change.indicator];
    if (asText(effective) !== asText(change.before)) return false;
  }
  return true;
}

/** Writes the approved values into what is effective and into the draft alike; the request is who-and-how in the history. */
export async function applyChanges(
  sql: Sql,
  teacher: Teacher,
  submission: Submission,
  effectiveVersion: number,
): Promise<void> {
  for (const change of submission.content.changes) {
    const fact = factAt(change.section, change.indicator);
    if (isMendable(fact)) await applyFact(sql, teacher, fact, String(change.after));
    const row = await rowOf(sql, change);
    if (!row) throw new Error(`entry ${change.entryId} of change ${change.id} is gone`);
    await applyValue(sql, submission, change, row, effectiveVersion);
  }
  await closeChanges(sql, submission.id, 'approved');
}

async function applyFact(sql: Sql, teacher: Teacher, fact: MendableFact, value: string): Promise<void> {
  teacher[fact] = value;
  if (fact === 'name') await rewriteGrams(sql, teacher.id, value);
}

async function applyValue(
  sql: Sql,
  submission: Submission,
  change: ContentChange,
  row: Row,
  effectiveVersion: number,
): Promise<void> {
  const { indicator, after, section } = change;
  const withAfter = (values: StoredValues): StoredValues => {
    const { [indicator]: _, ...others } = values;
    return after === null ? others : { ...others, [indicator]: after };
  };
  // an identity fact lies on the teacher: its row only gets a new version for the history
  const isFact = factAt(section, indicator) !== undefined;
  const values = isFact ? row.values : withAfter(row.values);
  const effective = isFact ? row.effective : withAfter(row.effective ?? {});
  const version = row.version + 1;
  const plain = Object.fromEntries(Object.entries(values).filter(([, value]) => !isSealed(value)));
  await sql(
    `update entry set "values" = $2, effective = $3, natural_key = $4, version = $5, effective_version = $6, effective_entry_version = $5,
            updated_at = now() where id = $1`,
    [
      row.id,
      JSON.stringify(values),
      JSON.stringify(effective),
      naturalKeyOf(section, plain),
      version,
      effectiveVersion,
    ],
    'change-apply',
  );
  await insertRows(sql, 'entry_version', versionColumns, [
    {
      id: newId(),
      entry_id: row.id,
      teacher_id: submission.teacherId,
      org_path: row.org_path,
      section,
      version,
      values: withAfter(row.values),
      changed_keys: [indicator],
      removed: false,
      catalogue_version: catalogueVersion,
      via: { kind: 'change', changeRequestId: change.id },
      account_id: submission.submittedBy,
      person_id: submission.submittedPerson,
      role: submission.submittedRole,
      at: new Date().toISOString(),
    },
  ]);
}

const versionColumns = [
  'id',
  'entry_id',
  'teacher_id',
  'org_path',
  'section',
  'version',
  'values',
  'changed_keys',
  'removed',
  'catalogue_version',
  'via',
  'account_id',
  'person_id',
  'role',
  'at',
] as const;

export async function closeChanges(
  sql: Sql,
  submissionId: string,
  state: 'approved' | 'returned' | 'withdrawn' | 'conflict',
): Promise<void> {
  await sql(
    `update change_request set state = $2, version = version + 1 where submission_id = $1 and state = 'open'`,
    [submissionId, state],
    'change-close',
  );
}

/** Where the request's case stands; the newest version stays. */
export async function followChange(sql: Sql, moved: CaseMoved): Promise<void> {
  await sql(
    `update change_request set case_stage = $2, case_version = $3, version = version + 1 where submission_id = $1 and case_version < $3`,
    [moved.submissionId, moved.stage, moved.version],
    'change-follow',
  );
}

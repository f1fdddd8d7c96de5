import type { Caller } from '@shidang/access';
import { catalogueVersion, type SectionKey, type Value } from '@shidang/catalogue';
import { recordChanged, recordsRefusals, type RecordStage } from '@shidang/contracts';
import { newId, tell, type Sql, type SqlEntityManager, type Vault } from '@shidang/persistence';
import { factValues, mendFacts, type MendedFacts } from '../teacher/identity-facts';
import { stageAfterWrite, type RecordHead } from '../teacher/record-state';
import { actorOf } from '../value/actor';
import { openValues, withChanges, type StoredValues } from '../value/sealed-values';
import { today } from '../value/today';
import type { EntryRow, Via } from './entry-row';
import { naturalKeyOf } from './natural-key';

export interface Writing {
  em: SqlEntityManager;
  sql: Sql;
  vault: Vault;
  caller: Caller;
  head: RecordHead;
  /** Living rows of the record before the write. */
  entries: readonly EntryRow[];
  via: Via;
}

/** One row after a write, or gone. */
interface Written {
  id: string;
  section: SectionKey;
  values: StoredValues;
  version: number;
  changedKeys: string[];
  removed: boolean;
  /** Identity facts mended along with a row of the basic section: columns of the teacher, kept in the history. */
  facts?: MendedFacts;
}

function stageAfter({ vault, head, entries }: Writing, written: Written): RecordStage {
  const others = entries.filter((entry) => entry.id !== written.id);
  const mended = { ...head, identity: { ...head.identity, ...written.facts } };
  const { id, section } = written;
  return written.removed
    ? stageAfterWrite(vault, mended, others, today())
    : stageAfterWrite(vault, mended, [...others, written], today(), { id, section });
}

/** History row and teacher row in one statement: a write of one value costs few round trips. */
async function keep(writing: Writing, written: Written): Promise<RecordStage> {
  const { em, sql, caller, head, via } = writing;
  const stage = stageAfter(writing, written);
  const moved = stage !== head.state.stage;
  await sql(
    `with history as (
       insert into entry_version (id, entry_id, teacher_id, org_path, section, version, "values", changed_keys, removed, catalogue_version, via,
                                  account_id, person_id, role)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))
     update teacher set stage = $15, version = version + $16, updated_at = now() where id = $3`,
    [
      newId(),
      written.id,
      head.id,
      head.orgPath,
      written.section,
      written.version,
      JSON.stringify({ ...written.values, ...factValues(written.facts ?? {}) }),
      written.changedKeys,
      written.removed,
      catalogueVersion,
      JSON.stringify(via),
      caller.accountId,
      caller.personId,
      caller.role,
      stage,
      moved ? 1 : 0,
    ],
    'entry-kept',
  );
  if (moved) {
    const fact = {
      orgPath: head.orgPath,
      actor: actorOf(caller),
      teacherId: head.id,
      stage,
      version: head.version + 1,
    };
    await tell(em, recordChanged, fact, head.id);
  }
  return stage;
}

const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'entry_key';

const refusingDuplicates = <T>(write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw isDuplicate(error) ? recordsRefusals.duplicateEntry({}) : error;
  });

export interface EntryAfter {
  entry: EntryRow;
  stage: RecordStage;
}

/** A new row of a repeating section. */
export async function insertEntry(
  writing: Writing,
  section: SectionKey,
  plain: Readonly<Record<string, Value | undefined>>,
): Promise<EntryAfter> {
  const { sql, vault, head } = writing;
  const id = newId();
  const values = withChanges(vault, section, id, {}, plain);
  const [row] = await refusingDuplicates(
    sql<{ updated_at: Date }>(
      `insert into entry (id, teacher_id, org_path, section, natural_key, "values", catalogue_version) values ($1, $2, $3, $4, $5, $6, $7)
       returning updated_at`,
      [id, head.id, head.orgPath, section, naturalKeyOf(section, plain), JSON.stringify(values), catalogueVersion],
      'entry-insert',
    ),
  );
  const changedKeys = Object.keys(values);
  const stage = await keep(writing, { id, section, values, version: 1, changedKeys, removed: false });
  const entry: EntryRow = {
    id,
    teacher_id: head.id,
    org_path: head.orgPath,
    section,
    values,
    version: 1,
    effective: null,
    effective_version: null,
    effective_entry_version: null,
    updated_at: row!.updated_at,
  };
  return { entry, stage };
}

/** Changes some values of a row; the others keep their seals. */
export async function updateEntry(
  writing: Writing,
  entry: EntryRow,
  changes: Readonly<Record<string, Value | undefined>>,
  facts: MendedFacts = {},
): Promise<EntryAfter> {
  const { sql, vault, head } = writing;
  if (Object.keys(facts).length > 0) await mendFacts(sql, head.id, facts);
  const values = withChanges(vault, entry.section, entry.id, entry.values, changes);
  const key = naturalKeyOf(entry.section, openValues(vault, entry.id, values));
  const [row] = await refusingDuplicates(
    sql<{ version: number; updated_at: Date }>(
      `update entry set "values" = $2, natural_key = $3, catalogue_version = $4, version = version + 1, updated_at = now()
       where id = $1 returning version, updated_at`,
      [entry.id, JSON.stringify(values), key, catalogueVersion],
      'entry-update',
    ),
  );
  const { id, section } = entry;
  const changedKeys = [...Object.keys(changes), ...Object.keys(factValues(facts))];
  const written = { id, section, values, version: row!.version, changedKeys, removed: false, facts };
  return { entry: { ...entry, values, ...row! }, stage: await keep(writing, written) };
}

/** Takes a row that never took effect out of the record; its history stays. */
export async function dropEntry(writing: Writing, entry: EntryRow): Promise<RecordStage> {
  await writing.sql(
    `update entry set removed = true, version = version + 1, updated_at = now() where id = $1`,
    [entry.id],
    'entry-drop',
  );
  const { id, section, values } = entry;
  return keep(writing, { id, section, values, version: entry.version + 1, changedKeys: [], removed: true });
}

import type { Caller } from '@shidang/access';
import type { Value } from '@shidang/catalogue';
import { correctionMoved, recordsRefusals, type CorrectionState } from '@shidang/contracts';
import { tell, type Sql, type SqlEntityManager, type Vault } from '@shidang/persistence';
import type { ChangeTarget } from '../change/change-target';
import { actorOf } from '../value/actor';
import { openValue } from '../value/sealed-values';

interface OpenRow {
  entry_id: string;
  indicator: string;
  proposes: boolean;
  proposed_value: unknown;
  state: CorrectionState;
}

/** What the teacher proposes for exactly this value; undefined when he proposes nothing. Nobody else answers meanwhile. */
export async function openProposal(
  sql: Sql,
  vault: Vault,
  correctionId: string,
  target: ChangeTarget,
): Promise<{ value: Value | null } | undefined> {
  const [row] = await sql<OpenRow>(
    `select entry_id, indicator, proposes, proposed_value, state from correction where id = $1 for update`,
    [correctionId],
    'correction-locked',
  );
  if (!row) throw recordsRefusals.correctionNotFound({});
  if (row.entry_id !== target.entryId || row.indicator !== target.indicator)
    throw recordsRefusals.correctionOfOther({});
  if (row.state !== 'open') throw recordsRefusals.correctionAnswered({});
  if (!row.proposes) return undefined;
  return { value: openValue(vault, target.entryId, target.indicator, row.proposed_value ?? undefined) ?? null };
}

/** The teacher's open request about this very value, where there is one: whoever changes it has answered. */
export async function openAbout(sql: Sql, { entryId, indicator }: Pick<ChangeTarget, 'entryId' | 'indicator'>) {
  const [row] = await sql<{ id: string }>(
    `select id from correction where entry_id = $1 and indicator = $2 and state = 'open' for update`,
    [entryId, indicator],
    'correction-about',
  );
  return row?.id;
}

interface Answer {
  readonly id: string;
  readonly state: Exclude<CorrectionState, 'open'>;
  readonly words?: string;
  readonly changeRequestId?: string;
}

/** Once; the teacher is told. */
export async function answerCorrection(
  em: SqlEntityManager,
  sql: Sql,
  { id, state, words, changeRequestId }: Answer,
  caller: Caller,
): Promise<{ teacherId: string; orgPath: string; field: string }> {
  const [row] = await sql<{ teacher_id: string; org_path: string; school_code: string; field: string }>(
    `update correction c set state = $2, words = $3, change_request_id = $4, answered_by = $5, answered_at = now()
     from teacher t where c.id = $1 and c.state = 'open' and t.id = c.teacher_id
     returning c.teacher_id, c.org_path, t.school_code, c.section || '.' || c.indicator as field`,
    [id, state, words ?? null, changeRequestId ?? null, caller.accountId],
    'correction-answered',
  );
  if (!row) throw await whyNot(sql, id);
  const { teacher_id: teacherId, org_path: orgPath, school_code: schoolCode, field } = row;
  await tell(
    em,
    correctionMoved,
    { orgPath, actor: actorOf(caller), correctionId: id, teacherId, schoolCode, state },
    teacherId,
  );
  return { teacherId, orgPath, field };
}

async function whyNot(sql: Sql, id: string): Promise<Error> {
  const known = await sql(`select 1 from correction where id = $1`, [id], 'correction-known');
  return known.length > 0 ? recordsRefusals.correctionAnswered({}) : recordsRefusals.correctionNotFound({});
}

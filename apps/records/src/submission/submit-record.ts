import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { catalogueVersion, violations, type Violation } from '@shidang/catalogue';
import {
  recordChanged,
  recordsRefusals,
  RecordSubmitted,
  submissionMade,
  SubmitRecord,
  submitRecord,
  type AcceptedHit,
  type Finding,
  type RecordFinding,
} from '@shidang/contracts';
import { audited, tell, Vault, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { toFinding } from '../entry/checked-values';
import { entriesOf, type EntryRow } from '../entry/entry-row';
import { headOf, openedRecord } from '../teacher/record-state';
import { Teacher } from '../teacher/teacher.entity';
import { actorOf } from '../value/actor';
import { today } from '../value/today';
import { hashOf, type SubmittedContent } from './content';
import { Submission } from './submission.entity';
import { touchedParts } from './touched-parts';

/** More findings than anybody mends in one go are counted, not sent. */
const mostFindings = 200;

@Controller()
export class SubmitRecordHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Complete and right, or every reason why not; then frozen, locked and told (工作方案 五(三)). */
  @Handles(submitRecord)
  submit(command: SubmitRecord, caller: Caller): Promise<RecordSubmitted> {
    return this.work.as(caller, async (em, sql) => {
      const teacher = await em.findOne(Teacher, { id: command.teacherId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!teacher) throw recordsRefusals.teacherNotFound({});
      if (teacher.stage === 'left') throw recordsRefusals.hasLeft({});
      if (teacher.lockedBy) throw recordsRefusals.inReview({});
      const head = await headOf(sql, teacher.id);
      const all = await entriesOf(sql, teacher.id);
      const entries = teacher.nextKind === 'first' ? all : all.filter((each) => each.effective === null);
      if (entries.length === 0) throw recordsRefusals.nothingToSubmit({});
      const ids = new Set(entries.map((each) => each.id));
      const found = violations(openedRecord(this.vault, head, all), head.category, { today: today() });
      const concerning = teacher.nextKind === 'first' ? found : found.filter((each) => ids.has(String(each.entry)));
      const ruleHits = acceptedHits(concerning, command.acceptedHits ?? []);
      const submission = await this.freeze({ em, sql, teacher, entries, ruleHits, caller });
      audited(em, { object: `teacher:${teacher.id}`, orgPath: teacher.orgPath, after: submission.contentHash });
      const { id, kind, contentHash } = submission;
      return {
        submissionId: id,
        teacherId: teacher.id,
        kind,
        contentHash,
        submittedAt: submission.submittedAt.toISOString(),
      };
    });
  }

  private async freeze(what: {
    em: SqlEntityManager;
    sql: Sql;
    teacher: Teacher;
    entries: readonly EntryRow[];
    ruleHits: RecordFinding[];
    caller: Caller;
  }): Promise<Submission> {
    const { em, sql, teacher, entries, ruleHits, caller } = what;
    const content = contentOf(teacher, entries);
    const last = await supersededBy(em, teacher);
    const submission = new Submission({
      ...ownerOf(teacher),
      ...submitterOf(caller),
      kind: teacher.nextKind,
      content,
      contentHash: hashOf(this.vault, content, catalogueVersion),
      catalogueVersion,
      contributors: await contributorsOf(sql, teacher, entries, caller),
      ruleHits,
      supersedes: last?.id,
    });
    const stage = teacher.stage;
    teacher.lockFor(submission.id);
    em.persist(submission);
    if (teacher.stage !== stage) await tellStage(em, teacher, caller);
    await tellMade(em, submission, caller, touchedParts(submission.kind, content, last?.content));
    return submission;
  }
}

/** A draft that was completed by the clock (a date no longer in the future) moves on when it is submitted. */
async function tellStage(em: SqlEntityManager, teacher: Teacher, caller: Caller): Promise<void> {
  const { id, orgPath, stage, version } = teacher;
  await tell(em, recordChanged, { orgPath, actor: actorOf(caller), teacherId: id, stage, version }, id);
}

const ownerOf = (teacher: Teacher) => ({
  teacherId: teacher.id,
  orgPath: teacher.orgPath,
  schoolCode: teacher.schoolCode,
  category: teacher.category,
});

const submitterOf = (caller: Caller) => ({
  submittedBy: caller.accountId,
  submittedPerson: caller.personId,
  submittedRole: caller.role,
});

const contentOf = (teacher: Teacher, entries: readonly EntryRow[]): SubmittedContent => ({
  ...frozenPerson(teacher),
  entries: entries.map(({ id, section, version, values }) => ({ id, section, version, values })),
  changes: [],
});

/** Whose record it is, as frozen into every submission: the identity facts are reviewed with the rest. */
export const frozenPerson = (teacher: Teacher): Pick<SubmittedContent, 'teacherId' | 'category' | 'identity'> => ({
  teacherId: teacher.id,
  category: teacher.category,
  identity: {
    name: teacher.name,
    sex: teacher.sex,
    birthDate: teacher.birthDate,
    docType: teacher.docType,
    docBlind: teacher.docBlind,
  },
});

/** Refuses errors, and serious hits without a reason; warnings travel along for the reviewer. */
function acceptedHits(found: readonly Violation[], accepted: readonly AcceptedHit[]): RecordFinding[] {
  const errors = found.filter((each) => each.severity === 'error');
  if (errors.length > 0) throw recordsRefusals.notComplete({ count: errors.length }).with(findingsOf(errors));
  const hits = found.map((each): RecordFinding => {
    const hit = toFinding(each);
    const reason = accepted.find(
      ({ section, code, entryId }) =>
        section === hit.section && code === hit.code && (entryId === undefined || entryId === hit.entryId),
    )?.reason;
    return reason === undefined ? hit : { ...hit, reason };
  });
  const open = found.filter((each, i) => each.severity === 'serious' && hits[i]?.reason === undefined);
  if (open.length > 0) throw recordsRefusals.hitsNotAccepted({ count: open.length }).with(findingsOf(open));
  return hits;
}

const findingsOf = (found: readonly Violation[]): Finding[] =>
  found.slice(0, mostFindings).map((each) => ({
    pointer: ['', 'sections', each.section, each.entry, each.field].filter((part) => part !== undefined).join('/'),
    field: each.field,
    code: `records.${each.code}`,
    detail: each.words.zh,
    detailEn: each.words.en,
  }));

/**
 * 谁填报谁负责、谁审核谁负责: every person with a value in these rows that has not
 * taken effect yet, who submits, and whose record it is: nobody reviews himself.
 */
async function contributorsOf(
  sql: Sql,
  teacher: Teacher,
  entries: readonly EntryRow[],
  caller: Caller,
): Promise<string[]> {
  const rows = await sql<{ person_id: string }>(
    `select distinct v.person_id from entry_version v join entry e on e.id = v.entry_id
     where v.entry_id = any($1::uuid[]) and v.version > coalesce(e.effective_entry_version, 0)`,
    [entries.map((each) => each.id)],
    'contributors',
  );
  return [...new Set([...rows.map((row) => row.person_id), teacher.personId, caller.personId])].sort();
}

/** The submission this one mends, if there is one that did not take effect. What was taken back nobody has seen: what that mended is mended now. */
async function supersededBy(em: SqlEntityManager, teacher: Teacher): Promise<Submission | undefined> {
  const found = async (id: string | null | undefined) => (id ? await em.findOne(Submission, { id }) : null);
  const last = await found(teacher.lastSubmissionId);
  const mended = last?.state === 'withdrawn' ? await found(last.supersedes) : last;
  return mended?.supersede() ? mended : undefined;
}

/** Review opens its case from this: ids, codes, hash and who may not review. */
export async function tellMade(
  em: SqlEntityManager,
  submission: Submission,
  caller: Caller,
  parts: string[],
): Promise<void> {
  const serious = submission.ruleHits.filter((hit) => hit.severity === 'serious').map((hit) => hit.code);
  await tell(
    em,
    submissionMade,
    {
      orgPath: submission.orgPath,
      actor: actorOf(caller),
      submissionId: submission.id,
      teacherId: submission.teacherId,
      schoolCode: submission.schoolCode,
      category: submission.category,
      kind: submission.kind,
      contentHash: submission.contentHash,
      contributors: submission.contributors,
      submittedBy: submission.submittedBy,
      ruleHits: [...new Set(serious)],
      supersedes: submission.supersedes ?? undefined,
      ...(parts.length > 0 ? { parts } : {}),
    },
    submission.teacherId,
  );
}

import { maySeeSection, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { identityFacts } from '@shidang/catalogue';
import {
  ReadSubmission,
  readSubmission,
  recordsRefusals,
  SubmissionView,
  type RecordFinding,
  type SubmittedChange,
  type SubmittedEntry,
} from '@shidang/contracts';
import { Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { shownValue } from '../change/change-view';
import { teacherColumns, toTeacherView, type TeacherRow } from '../teacher/teacher-view';
import { maskValues, type StoredValues } from '../value/sealed-values';
import { differingKeys, hashOf, type ContentEntry, type SubmittedContent } from './content';

interface SubmissionRow {
  id: string;
  teacher_id: string;
  kind: SubmissionView['kind'];
  state: string;
  content: SubmittedContent;
  content_hash: string;
  catalogue_version: string;
  category: string;
  submitted_by: string;
  submitted_at: Date;
  supersedes: string | null;
  rule_hits: RecordFinding[];
}

const columns = `id, teacher_id, kind, state, content, content_hash, catalogue_version, category, submitted_by, submitted_at, supersedes,
  rule_hits`;

const rowOf = async (sql: Sql, id: string): Promise<SubmissionRow | undefined> =>
  (await sql<SubmissionRow>(`select ${columns} from submission where id = $1`, [id], 'submission'))[0];

@Controller()
export class ReadSubmissionHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** What a reviewer decides on: masked values beside the effective ones, and what to look at again since the last return. */
  @Handles(readSubmission)
  read(query: ReadSubmission, caller: Caller): Promise<SubmissionView> {
    return this.work.read(caller, async (_, sql) => {
      const row = await rowOf(sql, query.submissionId);
      if (!row) throw recordsRefusals.submissionNotFound({});
      const last = row.supersedes ? await rowOf(sql, row.supersedes) : undefined;
      const [teacher] = await sql<TeacherRow>(
        `select ${teacherColumns} from teacher t where t.id = $1`,
        [row.teacher_id],
        'teacher',
      );
      if (!teacher) throw recordsRefusals.submissionNotFound({});
      const effective = await effectiveOf(sql, row.content.entries);
      const seen = (section: string) => maySeeSection(caller.role, section);
      const entries = row.content.entries
        .filter((entry) => seen(entry.section))
        .map((entry) => this.entryView(entry, row.content, effective.get(entry.id), last?.content));
      return {
        ...headOf(row),
        hashHolds: hashOf(this.vault, row.content, row.catalogue_version) === row.content_hash,
        teacher: toTeacherView(teacher),
        entries,
        removedSinceLast: removedSince(row.content, last?.content),
        changes: await this.changesOf(sql, row),
        ruleHits: row.rule_hits.filter((hit) => seen(hit.section)),
      };
    });
  }

  private entryView(
    entry: ContentEntry,
    content: SubmittedContent,
    effective: StoredValues | undefined,
    last: SubmittedContent | undefined,
  ): SubmittedEntry {
    const { id, section, version, values } = entry;
    const before = last?.entries.find((each) => each.id === id);
    const person = section === 'basic' ? identityShown(content) : {};
    return {
      entryId: id,
      section,
      version,
      values: { ...maskValues(this.vault, section, id, values), ...person },
      effective: effective && maskValues(this.vault, section, id, effective),
      changedKeys: differingKeys(effective, values),
      changedSinceLast: last ? differingKeys(before?.values, values) : [],
    };
  }

  private async changesOf(sql: Sql, row: SubmissionRow): Promise<SubmittedChange[]> {
    if (row.content.changes.length === 0) return [];
    const requests = await sql<{ id: string; reason: string; evidence: string[] }>(
      `select id, reason, evidence from change_request where submission_id = $1`,
      [row.id],
      'changes-of-submission',
    );
    const byId = new Map(requests.map((each) => [each.id, each]));
    return row.content.changes.map((change) => ({
      changeRequestId: change.id,
      entryId: change.entryId,
      section: change.section,
      indicator: change.indicator,
      oldValue: shownValue(this.vault, change, change.before),
      newValue: shownValue(this.vault, change, change.after),
      reason: byId.get(change.id)?.reason ?? '',
      evidence: byId.get(change.id)?.evidence ?? [],
    }));
  }
}

const headOf = (row: SubmissionRow) => ({
  id: row.id,
  teacherId: row.teacher_id,
  kind: row.kind,
  state: row.state,
  contentHash: row.content_hash,
  catalogueVersion: row.catalogue_version,
  category: row.category,
  submittedBy: row.submitted_by,
  submittedAt: row.submitted_at.toISOString(),
  supersedes: row.supersedes ?? undefined,
});

/** The facts as they were frozen; of the number there is only its blind index in the content, so it is not shown here. */
const identityShown = ({ identity }: SubmittedContent) => ({
  [identityFacts.name]: identity.name,
  [identityFacts.sex]: identity.sex,
  [identityFacts.birthDate]: identity.birthDate,
  [identityFacts.documentType]: identity.docType,
});

async function effectiveOf(sql: Sql, entries: readonly ContentEntry[]): Promise<Map<string, StoredValues>> {
  const rows = await sql<{ id: string; effective: StoredValues }>(
    `select id, effective from entry where id = any($1::uuid[]) and effective is not null`,
    [entries.map((each) => each.id)],
    'effective-of',
  );
  return new Map(rows.map((row) => [row.id, row.effective]));
}

function removedSince(now: SubmittedContent, last: SubmittedContent | undefined): string[] {
  const here = new Set(now.entries.map((each) => each.id));
  return (last?.entries ?? []).filter((each) => !here.has(each.id)).map((each) => each.id);
}

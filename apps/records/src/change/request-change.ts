import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { catalogueVersion } from '@shidang/catalogue';
import { ChangeRequestView, recordsRefusals, RequestChange, requestChange } from '@shidang/contracts';
import { audited, newId, Vault, Work, type Sql } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { answerCorrection, openAbout, openProposal } from '../correction/answer-correction';
import { hashOf, type ContentChange } from '../submission/content';
import { Submission } from '../submission/submission.entity';
import { frozenPerson, tellMade } from '../submission/submit-record';
import { touchedParts } from '../submission/touched-parts';
import { factAt } from '../teacher/identity-facts';
import { headOf } from '../teacher/record-state';
import { Teacher } from '../teacher/teacher.entity';
import { targetOf } from './change-target';
import { changeColumns, toChangeView, type ChangeRow } from './change-view';
import { wantedValue } from './wanted-value';

@Controller()
export class RequestChangeHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** 工作方案 五(五): old and new value go through both reviews while the effective version stays live. */
  @Handles(requestChange)
  request(command: RequestChange, caller: Caller): Promise<ChangeRequestView> {
    return this.work.as(caller, async (em, sql) => {
      const teacher = await em.findOne(Teacher, { id: command.teacherId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!teacher) throw recordsRefusals.teacherNotFound({});
      const change = await this.changeOf(sql, teacher.id, command);
      const content = { ...frozenPerson(teacher), entries: [], changes: [change] };
      const submission = new Submission({
        teacherId: teacher.id,
        orgPath: teacher.orgPath,
        schoolCode: teacher.schoolCode,
        category: teacher.category,
        kind: 'change',
        content,
        contentHash: hashOf(this.vault, content, catalogueVersion),
        catalogueVersion,
        contributors: [...new Set([caller.personId, teacher.personId])],
        ruleHits: [],
        submittedBy: caller.accountId,
        submittedPerson: caller.personId,
        submittedRole: caller.role,
      });
      em.persist(submission);
      await em.flush();
      const row = await insertRequest(sql, command, change, submission, caller);
      await tellMade(em, submission, caller, touchedParts('change', content));
      const asked = command.correctionId ?? (await openAbout(sql, change));
      if (asked) await answerCorrection(em, sql, { id: asked, state: 'applied', changeRequestId: row.id }, caller);
      audited(em, {
        object: `teacher:${teacher.id}`,
        fields: [`${change.section}.${change.indicator}`],
        orgPath: teacher.orgPath,
        reason: command.reason,
        after: content,
      });
      return toChangeView(this.vault, row);
    });
  }

  /** The change as it is frozen, or why it cannot be asked for. */
  private async changeOf(sql: Sql, teacherId: string, command: RequestChange): Promise<ContentChange> {
    const head = await headOf(sql, teacherId);
    const target = await targetOf(sql, head, command);
    const { entryId, section, indicator, before } = target;
    if (factAt(section, indicator) && !command.evidence?.length) throw recordsRefusals.evidenceRequired({});
    const proposed = command.correctionId && (await openProposal(sql, this.vault, command.correctionId, target));
    if (command.value === undefined && !proposed) throw valueMissing(indicator);
    const typed = command.value === undefined && proposed ? proposed.value : command.value;
    return { id: newId(), entryId, section, indicator, before, after: wantedValue(this.vault, head, target, typed) };
  }
}

const valueMissing = (field: string) =>
  recordsRefusals.valuesWrong({}).with([
    {
      pointer: '/value',
      field,
      code: 'records.value_missing',
      detail: '请填写新值；要清空请写 null',
      detailEn: 'Say the new value; null empties it',
    },
  ]);

const isOpenAlready = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'change_request_open';

const asJson = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));

async function insertRequest(
  sql: Sql,
  command: RequestChange,
  change: ContentChange,
  submission: Submission,
  caller: Caller,
): Promise<ChangeRow> {
  try {
    const [row] = await sql<ChangeRow>(
      `insert into change_request as c (id, teacher_id, org_path, entry_id, section, indicator, old_value, new_value, reason, evidence,
                                        submission_id, requested_by, requested_person)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning ${changeColumns}`,
      [
        change.id,
        command.teacherId,
        submission.orgPath,
        change.entryId,
        change.section,
        change.indicator,
        asJson(change.before),
        asJson(change.after),
        command.reason,
        JSON.stringify(command.evidence ?? []),
        submission.id,
        caller.accountId,
        caller.personId,
      ],
      'change-insert',
    );
    return row!;
  } catch (error) {
    if (isOpenAlready(error)) throw recordsRefusals.changeOpen({ indicator: change.indicator });
    throw error;
  }
}

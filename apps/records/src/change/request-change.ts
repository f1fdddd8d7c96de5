import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  catalogueVersion,
  findIndicator,
  findSection,
  isEmpty,
  mayFill,
  rowViolations,
  type SectionKey,
  type Value,
} from '@shidang/catalogue';
import { ChangeRequestView, recordsRefusals, RequestChange, requestChange, type Finding } from '@shidang/contracts';
import { audited, newId, Vault, Work, type Sql } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { readValues } from '../entry/checked-values';
import { hashOf, type ContentChange } from '../submission/content';
import { Submission } from '../submission/submission.entity';
import { frozenPerson, tellMade } from '../submission/submit-record';
import { touchedParts } from '../submission/touched-parts';
import { documentNumberOf, headOf, identityOf, type RecordHead } from '../teacher/record-state';
import { factAt, isMendable } from '../teacher/identity-facts';
import { Teacher } from '../teacher/teacher.entity';
import { isSensitive, openValue, openValues, sealValue, type StoredValues } from '../value/sealed-values';
import { today } from '../value/today';
import { changeColumns, toChangeView, type ChangeRow } from './change-view';

interface EffectiveRow {
  id: string;
  section: SectionKey;
  effective: StoredValues | null;
}

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
      const head = await headOf(sql, teacher.id);
      const change = await this.changeOf(sql, head, teacher, command);
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
  private async changeOf(sql: Sql, head: RecordHead, teacher: Teacher, command: RequestChange): Promise<ContentChange> {
    const [row] = await sql<EffectiveRow>(
      `select id, section, effective from entry where id = $1 and teacher_id = $2 and not removed`,
      [command.entryId, head.id],
      'change-target',
    );
    if (!row) throw recordsRefusals.entryNotFound({});
    if (!row.effective) throw recordsRefusals.notEffectiveYet({});
    const { section, effective } = row;
    const { indicator } = command;
    const fact = factAt(section, indicator);
    refuseUnchangeable(section, indicator);
    if (fact && !command.evidence?.length) throw recordsRefusals.evidenceRequired({});
    const read = readValues(section, { [indicator]: command.value ?? null }, head.category)[indicator];
    const before = isMendable(fact) ? teacher[fact] : effective[indicator];
    const plainBefore = openValue(this.vault, row.id, indicator, before);
    if (JSON.stringify(plainBefore ?? null) === JSON.stringify(read ?? null)) throw recordsRefusals.nothingChanges({});
    this.refuseErrors(head, row, indicator, read);
    return {
      id: newId(),
      entryId: row.id,
      section,
      indicator,
      before: before ?? null,
      after: this.stored(section, row.id, indicator, read),
    };
  }

  private stored(section: SectionKey, entryId: string, indicator: string, value: Value | undefined) {
    if (value === undefined || isEmpty(value)) return null;
    return isSensitive(section, indicator) ? sealValue(this.vault, entryId, indicator, value) : value;
  }

  /** The row with the new value must be right; what was wrong before is not this request's business. */
  private refuseErrors(head: RecordHead, row: EffectiveRow, indicator: string, value: Value | undefined): void {
    const identity = row.section === 'basic' ? identityOf(head, documentNumberOf(this.vault, head)) : {};
    const now = { ...openValues(this.vault, row.id, row.effective!), ...identity };
    const errorsIn = (values: Record<string, unknown>) =>
      rowViolations(row.section, values, head.category, { today: today() }).filter((each) => each.severity === 'error');
    const known = new Set(errorsIn(now).map((each) => `${each.code}|${each.field}`));
    const made = errorsIn({ ...now, [indicator]: value }).filter((each) => !known.has(`${each.code}|${each.field}`));
    if (made.length === 0) return;
    throw recordsRefusals.valuesWrong({}).with(
      made.map((each): Finding => ({
        pointer: '/value',
        field: each.field,
        code: `records.${each.code}`,
        detail: each.words.zh,
        detailEn: each.words.en,
      })),
    );
  }
}

function refuseUnchangeable(section: SectionKey, indicator: string): void {
  const known = findSection(section) && findIndicator(section, indicator);
  const fact = factAt(section, indicator);
  const allowed = fact ? isMendable(fact) : mayFill('school', section, indicator);
  if (known && allowed) return;
  const label = known ? known.zhName : indicator;
  throw recordsRefusals.valuesWrong({}).with([
    {
      pointer: '/indicator',
      field: indicator,
      code: 'records.not_changeable',
      detail: known ? `${label}不能通过变更申请修改` : `没有“${label}”这一指标`,
      detailEn: known ? `${known.en} is not changed by request` : `There is no indicator "${indicator}"`,
    },
  ]);
}

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

import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  readMarks,
  ReadMarks,
  reviewRefusals,
  TeacherMarks,
  submissionKinds,
  type CaseStage,
  type Mark,
  type ReviewStepName,
} from '@shidang/contracts';
import { Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { markedValues } from './case-decision.entity';
import { mends, returnedStages } from './review-route';

interface LastReturn {
  case_id: string;
  stage: CaseStage;
  id: string | null;
  step: ReviewStepName | null;
  decided_at: Date | null;
  marks: Mark[];
  words: string | null;
}

/** Nothing came of a submission that stands here: the record is as it was before, and what was returned is to be mended as before. */
const fellBack: readonly CaseStage[] = ['withdrawn', 'superseded', 'conflict'];

/** What the filler has to mend: the marks of the last return, unless what was submitted since is under review or in effect. A withdrawal falls back on it. */
@Controller()
export class ReadMarksHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(readMarks)
  async read(query: ReadMarks, caller: Caller): Promise<TeacherMarks> {
    const [last] = await this.work.read(caller, (_, sql) =>
      sql<LastReturn>(
        `select c.id as case_id, c.stage, d.id, d.step, d.decided_at, d.marks, d.words
         from review_case c
         left join case_decision d on d.case_id = c.id and d.verdict = 'return' and c.stage = any ($2) and c.kind = any ($4)
           and not exists (select 1 from review_case since where since.teacher_id = $1 and since.id > c.id and since.kind = any ($4)
             and since.stage <> all ($3))
         where c.teacher_id = $1 order by d.id desc nulls last, c.id desc limit 1`,
        [query.teacherId, [...returnedStages, 'superseded'], fellBack, submissionKinds.filter((kind) => mends[kind])],
      ),
    );
    if (!last) throw reviewRefusals.caseNotFound({});
    return {
      caseId: last.case_id,
      stage: last.stage,
      returnedBy: last.step ?? undefined,
      returnedAt: last.decided_at?.toISOString(),
      marks: last.id ? markedValues(this.vault, { ...last, id: last.id }) : [],
    };
  }
}

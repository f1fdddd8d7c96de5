import { Consumes } from '@shidang/bus';
import { submissionMade, type SubmissionMade } from '@shidang/contracts';
import { Work, type SqlEntityManager, type Sql } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { SchoolReviewers } from '../reviewer/school-reviewers';
import { tellMoved } from './case-facts';
import { ReviewCase } from './review-case.entity';

/** One case per submission, however often it is told; a mended submission takes the place of the one it mends. */
@Controller()
export class OpenCase {
  constructor(
    private readonly work: Work,
    private readonly reviewers: SchoolReviewers,
  ) {}

  @Consumes(submissionMade, 'review-open-case')
  async open(made: SubmissionMade, messageId: string): Promise<void> {
    const excluded = [...made.contributors, ...(made.actor?.personId ? [made.actor.personId] : [])];
    const schoolSkipped = !(await this.reviewers.mayReview(made.orgPath, excluded));
    await this.work.once(messageId, made, 'review-open-case', async (em, sql) => {
      if ((await em.count(ReviewCase, { submissionId: made.submissionId })) > 0) return;
      if (made.supersedes) await supersede(em, made, made.supersedes);
      const opened = new ReviewCase(made, { schoolSkipped, after: await lastVersion(sql, made.teacherId) });
      em.persist(opened);
      await em.flush();
      await tellMoved(em, opened, undefined, made.actor);
    });
  }
}

async function supersede(em: SqlEntityManager, made: SubmissionMade, submissionId: string): Promise<void> {
  const former = await em.findOne(ReviewCase, { submissionId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const from = former?.stage;
  if (!former?.supersede()) return;
  await em.flush();
  await tellMoved(em, former, from, made.actor);
}

async function lastVersion(sql: Sql, teacherId: string): Promise<number> {
  const [row] = await sql<{ last: number }>(
    `select coalesce(max(version), 0) as last from review_case where teacher_id = $1`,
    [teacherId],
  );
  return row?.last ?? 0;
}

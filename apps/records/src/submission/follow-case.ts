import { Consumes } from '@shidang/bus';
import { caseMoved, type CaseMoved } from '@shidang/contracts';
import { Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { closeChanges, followChange } from '../change/apply-change';
import { Teacher } from '../teacher/teacher.entity';
import { recordSchoolApproval } from './review-record';
import { Submission } from './submission.entity';

@Controller()
export class FollowCaseConsumer {
  constructor(private readonly work: Work) {}

  /** Lists filter by where the case stands, so the stage is replicated; a withdrawal unlocks the record. */
  @Consumes(caseMoved, 'records-follow-case')
  async follow(moved: CaseMoved, messageId: string): Promise<void> {
    await this.work.once(messageId, moved, 'records-follow-case', async (em, sql) => {
      const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const teacher = await em.findOneOrFail(Teacher, { id: moved.teacherId }, locked);
      if (moved.kind === 'change') await followChange(sql, moved);
      else teacher.follow(moved);
      await recordSchoolApproval(sql, moved);
      if (moved.stage === 'withdrawn') await withdraw(em, sql, moved, teacher);
      await em.flush();
    });
  }
}

async function withdraw(em: SqlEntityManager, sql: Sql, moved: CaseMoved, teacher: Teacher): Promise<void> {
  const submission = await em.findOneOrFail(Submission, { id: moved.submissionId });
  submission.close('withdrawn');
  if (moved.kind === 'change') await closeChanges(sql, moved.submissionId, 'withdrawn');
  else teacher.unlock(moved.submissionId);
}

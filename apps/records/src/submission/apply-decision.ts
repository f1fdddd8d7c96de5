import { BusClient, Consumes } from '@shidang/bus';
import { caseDecided, confirmPerson, decisionRefused, Refusal, type CaseDecided } from '@shidang/contracts';
import { tell, Vault, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { applyChanges, changesFit, closeChanges } from '../change/apply-change';
import { Teacher } from '../teacher/teacher.entity';
import { hashOf } from './content';
import { takeFormalCode } from './formal-code';
import { recordReview } from './review-record';
import { Submission } from './submission.entity';
import { effectRows, keepEffective, rowsFit } from './take-effect';

interface Applying {
  em: SqlEntityManager;
  sql: Sql;
  decided: CaseDecided;
  teacher: Teacher;
  submission: Submission;
  /** The number passed the national duplicate check. */
  confirmed: boolean;
}

@Controller()
export class ApplyDecisionConsumer {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly vault: Vault,
  ) {}

  /** What review decided becomes true here, once: values take effect, or the record reopens where it was marked. */
  @Consumes(caseDecided, 'records-apply-decision')
  async apply(decided: CaseDecided, messageId: string): Promise<void> {
    const approves = decided.verdict === 'approve' && decided.step === 'authority';
    const confirmed = approves && (await this.confirm(decided.teacherId));
    await this.work.once(messageId, decided, 'records-apply-decision', async (em, sql) => {
      const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const teacher = await em.findOneOrFail(Teacher, { id: decided.teacherId }, locked);
      const submission = await em.findOneOrFail(Submission, { id: decided.submissionId }, locked);
      await recordReview(sql, decided);
      const applying = { em, sql, decided, teacher, submission, confirmed };
      if (decided.verdict === 'return') await this.reopen(applying);
      else if (approves) await this.approve(applying);
      await em.flush();
    });
  }

  /** National duplicate check after review; the registry is asked before the transaction. An outage is waited for, a no is kept. */
  private async confirm(teacherId: string): Promise<boolean> {
    try {
      return (await this.bus.ask(confirmPerson, { teacherId })).done;
    } catch (error) {
      if (error instanceof Refusal && error.body.kind !== 'unavailable') return false;
      throw new Error('the person registry does not answer', { cause: error });
    }
  }

  private async reopen({ sql, decided, teacher, submission }: Applying): Promise<void> {
    if (!submission.isOpen) return;
    submission.close('returned');
    if (submission.kind === 'change') await closeChanges(sql, submission.id, 'returned');
    else teacher.reopen(submission.id, decided.marks);
  }

  private async approve(applying: Applying): Promise<void> {
    const { em, sql, decided, teacher, submission, confirmed } = applying;
    if (submission.state === 'approved') return;
    const why = await this.whyNot(applying);
    if (why) return this.refuse(applying, why);
    submission.close('approved');
    if (submission.kind === 'change') {
      await applyChanges(sql, teacher, submission, teacher.takeChange());
    } else {
      await effectRows(sql, submission, teacher.takeEffect());
    }
    if (confirmed) await takeFormalCode(sql, this.vault, teacher);
    await em.flush();
    await keepEffective({ em, sql, vault: this.vault, teacher, submission, actor: decided.actor });
  }

  /** The reviewer saw this content, it is what was frozen, and the record still is as it was frozen. */
  private async whyNot({ sql, decided, teacher, submission }: Applying): Promise<string | undefined> {
    if (!submission.isOpen) return `submission_${submission.state}`;
    const hash = hashOf(this.vault, submission.content, submission.catalogueVersion);
    if (hash !== submission.contentHash || hash !== decided.contentHash) return 'content_hash_differs';
    const fits =
      submission.kind === 'change' ? await changesFit(sql, teacher, submission) : await rowsFit(sql, submission);
    return fits ? undefined : 'record_moved_on';
  }

  private async refuse({ em, sql, decided, teacher, submission }: Applying, reason: string): Promise<void> {
    if (submission.isOpen) {
      submission.close('conflict');
      if (submission.kind === 'change') await closeChanges(sql, submission.id, 'conflict');
      else teacher.unlock(submission.id);
    }
    const { orgPath, actor, caseId, submissionId, teacherId } = decided;
    await tell(em, decisionRefused, { orgPath, actor, caseId, submissionId, teacherId, reason }, teacherId);
  }
}

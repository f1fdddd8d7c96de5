import { BusClient, ConsumesMany, type Delivered } from '@shidang/bus';
import { confirmPersons, decisionRefused, Refusal, type CaseDecided } from '@shidang/contracts';
import { tellEach, Vault, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { applyChanges, changesFit, closeChanges } from '../change/apply-change';
import { Teacher } from '../teacher/teacher.entity';
import { hashOf } from './content';
import { takeFormalCode } from './formal-code';
import { recordReviews } from './review-record';
import { authorityOf, inRounds } from './rounds';
import { Submission } from './submission.entity';
import { effectRows, keepEffective, submissionsThatFit } from './take-effect';

const durable = 'records-apply-decision';

interface Applying {
  decided: CaseDecided;
  teacher: Teacher;
  submission: Submission;
}

interface Round {
  em: SqlEntityManager;
  sql: Sql;
  /** Teachers whose number passed the national duplicate check. */
  confirmed: ReadonlySet<string>;
}

const approves = ({ verdict, step }: CaseDecided): boolean => verdict === 'approve' && step === 'authority';

@Controller()
export class ApplyDecisionConsumer {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly vault: Vault,
  ) {}

  /**
   * What review decided becomes true here, once: values take effect, or the record reopens where it was marked. Decisions of one
   * authority are applied together, a few dozen a transaction; one that cannot be applied is found by applying each alone.
   */
  @ConsumesMany(durable)
  async apply(batch: readonly Delivered<CaseDecided>[]): Promise<void> {
    for (const round of inRounds(batch)) await this.applyTogether(round);
  }

  private async applyTogether(round: readonly Delivered<CaseDecided>[]): Promise<void> {
    const confirmed = await this.confirm(round.filter(({ fact }) => approves(fact)).map(({ fact }) => fact.teacherId));
    const authority = authorityOf(round[0]!.fact);
    const ids = round.map(({ messageId }) => messageId);
    await this.work.onceBelow(authority, ids, durable, async (em, sql, fresh) => {
      const decisions = round.filter(({ messageId }) => fresh.has(messageId)).map(({ fact }) => fact);
      if (decisions.length === 0) return;
      const applying = await locked(em, decisions);
      await recordReviews(sql, decisions);
      for (const each of applying) if (each.decided.verdict === 'return') await reopen(sql, each);
      const approved = applying.filter(({ decided }) => approves(decided));
      await this.approve({ em, sql, confirmed }, approved);
      await em.flush();
    });
  }

  /** National duplicate check after review; the registry is asked before the transaction. An outage is waited for, a no is kept. */
  private async confirm(teacherIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (teacherIds.length === 0) return new Set();
    try {
      return new Set((await this.bus.ask(confirmPersons, { teacherIds: [...teacherIds] })).confirmed);
    } catch (error) {
      if (error instanceof Refusal && error.body.kind !== 'unavailable') return new Set();
      throw new Error('the person registry does not answer', { cause: error });
    }
  }

  private async approve({ em, sql, confirmed }: Round, all: readonly Applying[]): Promise<void> {
    const waiting = all.filter(({ submission }) => submission.state !== 'approved');
    const fitting = await submissionsThatFit(
      sql,
      waiting.map(({ submission }) => submission).filter(({ kind }) => kind !== 'change'),
    );
    const effective: Applying[] = [];
    const refused: (Applying & { reason: string })[] = [];
    for (const each of waiting) {
      const reason = this.whyUnseen(each) ?? ((await fits(sql, each, fitting)) ? undefined : 'record_moved_on');
      if (reason) refused.push({ ...each, reason });
      else effective.push(each);
    }
    await this.refuse(em, sql, refused);
    for (const { teacher, submission } of effective) {
      submission.close('approved');
      if (submission.kind === 'change') await applyChanges(sql, teacher, submission, teacher.takeChange());
      else teacher.takeEffect();
      if (confirmed.has(teacher.id)) await takeFormalCode(sql, this.vault, teacher);
    }
    await effectRows(
      sql,
      effective.filter(({ submission }) => submission.kind !== 'change'),
    );
    await em.flush();
    await keepEffective(
      { em, sql, vault: this.vault },
      effective.map((each) => ({ ...each, actor: each.decided.actor })),
    );
  }

  /** The reviewer saw this content, and it is what was frozen. */
  private whyUnseen({ submission, decided }: Applying): string | undefined {
    if (!submission.isOpen) return `submission_${submission.state}`;
    const hash = hashOf(this.vault, submission.content, submission.catalogueVersion);
    return hash !== submission.contentHash || hash !== decided.contentHash ? 'content_hash_differs' : undefined;
  }

  private async refuse(
    em: SqlEntityManager,
    sql: Sql,
    refused: readonly (Applying & { reason: string })[],
  ): Promise<void> {
    for (const { teacher, submission } of refused) {
      if (!submission.isOpen) continue;
      submission.close('conflict');
      if (submission.kind === 'change') await closeChanges(sql, submission.id, 'conflict');
      else teacher.unlock(submission.id);
    }
    const facts = refused.map(({ decided: { orgPath, actor, caseId, submissionId, teacherId }, reason }) => ({
      fact: { orgPath, actor, caseId, submissionId, teacherId, reason },
      aggregateId: teacherId,
    }));
    await tellEach(em, decisionRefused, facts);
  }
}

/** Teachers first, then submissions, each in the order of their ids: two rounds cannot wait for each other. */
async function locked(em: SqlEntityManager, decisions: readonly CaseDecided[]): Promise<Applying[]> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  const teachers = await em.find(Teacher, { id: { $in: decisions.map(({ teacherId }) => teacherId) } }, lock);
  const submissions = await em.find(Submission, { id: { $in: decisions.map((each) => each.submissionId) } }, lock);
  const [teacherOf, submissionOf] = [byId(teachers), byId(submissions)];
  return decisions.map((decided) => {
    const teacher = teacherOf.get(decided.teacherId);
    const submission = submissionOf.get(decided.submissionId);
    if (!teacher || !submission)
      throw new Error(`submission ${decided.submissionId} of case ${decided.caseId} is not here`);
    return { decided, teacher, submission };
  });
}

const byId = <Each extends { id: string }>(all: readonly Each[]) => new Map(all.map((each) => [each.id, each]));

/** The record still is as it was frozen. */
async function fits(sql: Sql, { teacher, submission }: Applying, fitting: ReadonlySet<string>): Promise<boolean> {
  return submission.kind === 'change' ? changesFit(sql, teacher, submission) : fitting.has(submission.id);
}

async function reopen(sql: Sql, { decided, teacher, submission }: Applying): Promise<void> {
  if (!submission.isOpen) return;
  submission.close('returned');
  if (submission.kind === 'change') await closeChanges(sql, submission.id, 'returned');
  else teacher.reopen(submission.id, decided.marks);
}

import type { Caller } from '@shidang/access';
import type { MarkedValue, Verdict } from '@shidang/contracts';
import { Vault, type SqlEntityManager } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { CaseDecision } from './case-decision.entity';
import { actorOf, tellDecided, tellMoved } from './case-facts';
import { isSchools } from './marks-fit';
import type { ReviewCase } from './review-case.entity';

export interface Decision {
  verdict: Verdict;
  contentHash: string;
  marks?: readonly MarkedValue[];
  batchId?: string;
}

/** One decision, made singly or in a batch: the rules, the row that is kept, the facts that are told. */
@Injectable()
export class TakeDecision {
  constructor(private readonly vault: Vault) {}

  async on(em: SqlEntityManager, found: ReviewCase, decision: Decision, by: Caller): Promise<void> {
    const { verdict, contentHash, marks = [], batchId } = decision;
    const from = found.stage;
    const step = found.decide(verdict, by, contentHash, marks);
    em.persist(new CaseDecision(found, { step, verdict, marks, batchId }, by, this.vault));
    await tellDecided(em, found, { step, verdict, marks }, by);
    await tellMoved(em, found, from, actorOf(by), marks.some(isSchools) ? { schoolMends: true } : {});
  }
}

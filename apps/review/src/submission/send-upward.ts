import { codeOfPath, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { reviewRefusals, sendUpward, SendUpward, SubmissionReceipt } from '@shidang/contracts';
import { auditEach, audited, Vault, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { actorOf, tellMoved, touchedIn } from '../case/case-facts';
import { authorityOf, ReviewCase } from '../case/review-case.entity';
import { contentHashOf, dayOf, receiptOf } from './receipt';

const mostCases = 2_000;

/** 报送: what the school has approved goes to its education authority, in one submission with a receipt. */
@Controller()
export class SendUpwardHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(sendUpward)
  send(command: SendUpward, caller: Caller): Promise<SubmissionReceipt> {
    if (caller.tier !== 'school') throw reviewRefusals.schoolsSubmit({});
    return this.work.as(caller, async (em, sql) => {
      const cases = command.caseIds ? await chosen(em, command.caseIds) : await allApproved(em, caller);
      if (cases.length === 0) throw reviewRefusals.nothingApproved({});
      const sent = await this.receiptFor(sql, cases, caller);
      for (const each of cases) {
        const from = each.stage;
        each.sendUpward(sent.receipt);
        await tellMoved(em, each, from, actorOf(caller));
      }
      await auditEach(sql, caller, `receipt:${sent.receipt}`, cases.map(touchedIn));
      audited(em, { object: `receipt:${sent.receipt}`, after: sent });
      return sent;
    });
  }

  private async receiptFor(sql: Sql, cases: readonly ReviewCase[], caller: Caller): Promise<SubmissionReceipt> {
    const at = new Date();
    const authority = codeOfPath(authorityOf(caller.orgPath));
    const number = await nextNumber(sql, caller, dayOf(at));
    const receipt: SubmissionReceipt = {
      receipt: receiptOf({ authority, school: caller.orgCode, day: dayOf(at), number }),
      organisation: caller.orgCode,
      authority,
      count: cases.length,
      contentHash: contentHashOf(this.vault, cases),
      sentAt: at.toISOString(),
      sentBy: caller.accountId,
      caseIds: cases.map((each) => each.id),
    };
    await sql(
      `insert into upward_submission (receipt, org_path, org_code, authority_code, count, content_hash, sent_at, sent_by, sender_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        receipt.receipt,
        caller.orgPath,
        caller.orgCode,
        authority,
        receipt.count,
        receipt.contentHash,
        receipt.sentAt,
        caller.accountId,
        caller.personId,
      ],
    );
    return receipt;
  }
}

const allApproved = (em: SqlEntityManager, caller: Caller): Promise<ReviewCase[]> =>
  em.find(
    ReviewCase,
    { orgPath: caller.orgPath, stage: 'school-approved' },
    { orderBy: { id: 'asc' }, limit: mostCases, lockMode: LockMode.PESSIMISTIC_WRITE },
  );

/** All or none: a submission of fewer cases than were chosen would not be what the principal signed. */
async function chosen(em: SqlEntityManager, caseIds: readonly string[]): Promise<ReviewCase[]> {
  const cases = await em.find(
    ReviewCase,
    { id: { $in: [...caseIds] } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (cases.length < caseIds.length) throw reviewRefusals.caseNotFound({});
  const others = cases.filter((each) => each.stage !== 'school-approved');
  if (others.length > 0) {
    throw reviewRefusals.notApproved({ count: others.length }).with(
      others.map((each) => ({
        pointer: `/caseIds/${caseIds.indexOf(each.id)}`,
        code: 'review.not_approved',
        detail: `事项 ${each.id} 当前状态为 ${each.stage}`,
        detailEn: `case ${each.id} is in ${each.stage}`,
      })),
    );
  }
  return cases;
}

/** The number of the school's submission on that day; the row is the queue for two that send at once. */
async function nextNumber(sql: Sql, caller: Caller, day: string): Promise<number> {
  const [row] = await sql<{ last: number }>(
    `insert into receipt_number (org_code, org_path, day, last) values ($1, $2, $3, 1)
     on conflict (org_code, day) do update set last = receipt_number.last + 1 returning last`,
    [caller.orgCode, caller.orgPath, day],
  );
  return row!.last;
}

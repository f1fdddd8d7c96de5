import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { readReceipt, ReadReceipt, reviewRefusals, SubmissionReceipt } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';

interface ReceiptRow {
  receipt: string;
  org_code: string;
  authority_code: string;
  count: number;
  content_hash: string;
  sent_at: Date;
  sent_by: string;
  case_ids: string[];
}

@Controller()
export class ReadReceiptHandler {
  constructor(private readonly work: Work) {}

  @Handles(readReceipt)
  async read(query: ReadReceipt, caller: Caller): Promise<SubmissionReceipt> {
    const [row] = await this.work.read(caller, (_, sql) =>
      sql<ReceiptRow>(
        `select u.receipt, u.org_code, u.authority_code, u.count, u.content_hash, u.sent_at, u.sent_by,
           array(select c.id::text from review_case c where c.receipt = u.receipt order by c.id) as case_ids
         from upward_submission u where u.receipt = $1`,
        [query.receipt],
      ),
    );
    if (!row) throw reviewRefusals.receiptNotFound({});
    return {
      receipt: row.receipt,
      organisation: row.org_code,
      authority: row.authority_code,
      count: row.count,
      contentHash: row.content_hash,
      sentAt: row.sent_at.toISOString(),
      sentBy: row.sent_by,
      caseIds: row.case_ids,
    };
  }
}

import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  listReceipts,
  ListReceipts,
  readReceipt,
  ReadReceipt,
  ReceiptPage,
  reviewRefusals,
  SubmissionReceipt,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { conditionOf } from '../case/case-filter';
import { Names } from '../case/names';

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
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly names: Names,
  ) {}

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

  /** Newest first; a receipt's number begins with authority, school and day. */
  @Handles(listReceipts)
  async list(query: ListReceipts, caller: Caller): Promise<ReceiptPage> {
    const owner = { list: listReceipts.name, accountId: caller.accountId };
    const after = openCursor<{ at: string; receipt: string }>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const { rows, total } = await this.work.read(caller, async (_, sql) => {
      const condition = await conditionOf(sql, { organisation: query.organisation }, caller);
      if (!condition) return { rows: [], total: 0 };
      const [counted] = await sql<{ n: number }>(
        `select count(*)::int as n from upward_submission c where ${condition.where}`,
        condition.params,
      );
      const found = await sql<ReceiptListRow>(
        `select c.receipt, c.org_code, o.name as organisation_name, c.authority_code, a.name as authority_name, c.count, c.content_hash,
           c.sent_at, c.sent_by from upward_submission c
         left join organisation o on o.code = c.org_code left join organisation a on a.code = c.authority_code
         where ${condition.where} and ($3::timestamptz is null or (c.sent_at, c.receipt) < ($3, $4))
         order by c.sent_at desc, c.receipt desc limit $5`,
        [...condition.params, after?.at ?? null, after?.receipt ?? null, limit + 1],
      );
      return { rows: found, total: counted?.n ?? 0 };
    });
    const shown = rows.slice(0, limit);
    const names = await this.names.ofAccounts(shown.map((row) => row.sent_by));
    const last = shown.at(-1);
    const mark = last && { at: last.sent_at.toISOString(), receipt: last.receipt };
    return {
      items: shown.map((row) => ({
        receipt: row.receipt,
        organisation: row.org_code,
        organisationName: row.organisation_name ?? undefined,
        authority: row.authority_code,
        authorityName: row.authority_name ?? undefined,
        count: row.count,
        contentHash: row.content_hash,
        sentAt: row.sent_at.toISOString(),
        sentBy: row.sent_by,
        sentByName: names.get(row.sent_by)?.name,
      })),
      page: { next: rows.length > limit ? sealCursor(this.vault, mark, owner) : undefined, total, totalIsExact: true },
    };
  }
}

interface ReceiptListRow extends Omit<ReceiptRow, 'case_ids'> {
  organisation_name: string | null;
  authority_name: string | null;
}

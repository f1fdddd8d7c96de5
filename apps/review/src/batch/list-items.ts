import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  BatchItemPage,
  listBatchItems,
  ListBatchItems,
  reviewRefusals,
  type BatchItemView,
  type BatchResult,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Names } from '../case/names';
import { countsOf } from './batch-view';
import { ReviewBatch } from './review-batch.entity';

interface ItemRow {
  case_id: string;
  result: BatchResult;
  code: string | null;
  zh: string | null;
  en: string | null;
  teacher_id: string | null;
  organisation_name: string | null;
}

@Controller()
export class ListItemsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly names: Names,
  ) {}

  /** One result per case: what was skipped, and why, is read here and opened from here. */
  @Handles(listBatchItems)
  async list(query: ListBatchItems, caller: Caller): Promise<BatchItemPage> {
    const owner = { list: `${listBatchItems.name} ${query.batchId}`, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const { rows, total } = await this.work.read(caller, async (em, sql) => {
      if ((await em.count(ReviewBatch, { id: query.batchId })) === 0) throw reviewRefusals.batchNotFound({});
      const counts = (await countsOf(sql, [query.batchId])).get(query.batchId)!;
      const found = await sql<ItemRow>(
        `select i.case_id, i.result, i.code, i.zh, i.en, c.teacher_id, o.name as organisation_name
         from review_batch_item i left join review_case c on c.id = i.case_id left join organisation o on o.code = c.org_code
         where i.batch_id = $1 and ($2::text is null or i.result = $2) and ($3::uuid is null or i.case_id > $3)
         order by i.case_id limit $4`,
        [query.batchId, query.result ?? null, after ?? null, limit + 1],
      );
      const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
      return { rows: found, total: query.result ? counts[query.result] : all };
    });
    const shown = rows.slice(0, limit);
    const names = await this.names.ofTeachers(shown.flatMap((row) => row.teacher_id ?? []));
    const next = rows.length > limit ? sealCursor(this.vault, shown.at(-1)!.case_id, owner) : undefined;
    return {
      items: shown.map((row) => ({ ...viewOf(row), teacherName: names.get(row.teacher_id ?? '')?.name })),
      page: { next, total, totalIsExact: true },
    };
  }
}

const viewOf = (row: ItemRow): BatchItemView => ({
  caseId: row.case_id,
  result: row.result,
  teacherId: row.teacher_id ?? undefined,
  organisationName: row.organisation_name ?? undefined,
  code: row.code ?? undefined,
  detail: row.zh ?? undefined,
  detailEn: row.en ?? undefined,
});

import { maySeeSection, rangeOf, visibleSections, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  ChangeRequestPage,
  ChangeRequestView,
  ListChangeRequests,
  listChangeRequests,
  ReadChangeRequest,
  readChangeRequest,
  recordsRefusals,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { changeColumns, toChangeView, type ChangeRow } from './change-view';

const mostCounted = 10_000;

@Controller()
export class ListChangesHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Newest first, in scope and of sections this role sees; of one teacher, or of one state. */
  @Handles(listChangeRequests)
  list(query: ListChangeRequests, caller: Caller): Promise<ChangeRequestPage> {
    const owner = { list: listChangeRequests.name, accountId: caller.accountId };
    const before = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    return this.work.read(caller, async (_, sql) => {
      const { low, high } = rangeOf(caller.orgPath);
      const visible = visibleSections(caller.role);
      const filters = [
        query.teacherId ?? null,
        query.state ?? null,
        low,
        high,
        visible === 'every' ? null : [...visible],
      ];
      // the range again, for the index: policies of a table are joined by OR and serve none
      const where = `c.org_path >= $3 and c.org_path < $4 and ($1::uuid is null or c.teacher_id = $1) and ($2::text is null or c.state = $2)
        and ($5::text[] is null or c.section = any($5))`;
      const rows = await sql<ChangeRow>(
        `select ${changeColumns} from change_request c where ${where} and ($6::uuid is null or c.id < $6) order by c.id desc limit $7`,
        [...filters, before ?? null, limit + 1],
      );
      const [counted] = await sql<{ n: number }>(
        `select count(*)::int as n from (select 1 from change_request c where ${where} limit ${mostCounted + 1}) counted`,
        filters,
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? sealCursor(this.vault, last.id, owner) : undefined;
      const n = counted?.n ?? 0;
      return {
        items: items.map((row) => toChangeView(this.vault, row)),
        page: { next, total: Math.min(n, mostCounted), totalIsExact: n <= mostCounted },
      };
    });
  }

  @Handles(readChangeRequest)
  read(query: ReadChangeRequest, caller: Caller): Promise<ChangeRequestView> {
    return this.work.read(caller, async (_, sql) => {
      const [row] = await sql<ChangeRow>(
        `select ${changeColumns} from change_request c where c.id = $1`,
        [query.changeRequestId],
        'change',
      );
      // what he may not see is as if it were not there (A3)
      if (!row || !maySeeSection(caller.role, row.section)) throw recordsRefusals.changeRequestNotFound({});
      return toChangeView(this.vault, row);
    });
  }
}

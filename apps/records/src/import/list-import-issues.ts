import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ImportIssueGroup, ImportIssuePage, ListImportIssues, listImportIssues } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { issueColumns, openIssue, type IssueRow } from './import-issues';
import { importOf } from './import-row';

/** Place of the last finding seen. */
type Mark = readonly [sheetOrder: number, row: number, columnOrder: number, n: number];

const markOf = (row: IssueRow): Mark => [row.sheet_order, row.row ?? 0, row.column_order ?? 0, row.n];

@Controller()
export class ListImportIssuesHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(listImportIssues)
  list(query: ListImportIssues, caller: Caller): Promise<ImportIssuePage> {
    const { importId, limit = 20 } = query;
    const owner = { list: `${listImportIssues.name}/${importId}`, accountId: caller.accountId };
    const after = openCursor<Mark>(this.vault, query.cursor, owner);
    return this.work.read(caller, async (_, sql) => {
      await importOf(sql, importId);
      const chosen = `f.import_id = $1 and ($2::text is null or f.sheet = $2) and ($3::text is null or f.code = $3) and ($4::text is null or f.severity = $4)`;
      const params = [importId, query.sheet ?? null, query.code ?? null, query.severity ?? null];
      const rows = await sql<IssueRow>(
        `select ${issueColumns} from import_issue f
         where ${chosen} and ($5::int is null or (f.sheet_order, coalesce(f.row, 0), coalesce(f.column_order, 0), f.n) > ($5, $6, $7, $8))
         order by f.sheet_order, coalesce(f.row, 0), coalesce(f.column_order, 0), f.n limit $9`,
        [...params, ...(after ?? [null, null, null, null]), limit + 1],
      );
      const groups = await sql<{ code: string; sheet: string; count: number }>(
        `select f.code, f.sheet, count(*)::int as count from import_issue f where ${chosen}
         group by f.code, f.sheet, f.sheet_order order by count(*) desc, f.sheet_order, f.code`,
        params,
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? sealCursor(this.vault, markOf(last), owner) : undefined;
      const total = groups.reduce((sum, group) => sum + group.count, 0);
      return {
        items: items.map((row) => openIssue(this.vault, row)),
        groups: groups satisfies ImportIssueGroup[],
        page: { next, total, totalIsExact: true },
      };
    });
  }
}

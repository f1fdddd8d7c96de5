import { rangeOf, visibleSections, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { CorrectionPage, ListCorrections, listCorrections } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { selectCorrections, toCorrectionView, type CorrectionRow } from './correction-view';

const mostCounted = 10_000;

@Controller()
export class ListCorrectionsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Newest first, in scope and of sections this role sees; of one teacher, or of one state. */
  @Handles(listCorrections)
  list(query: ListCorrections, caller: Caller): Promise<CorrectionPage> {
    const owner = { list: listCorrections.name, accountId: caller.accountId };
    const before = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    return this.work.read(caller, async (_, sql) => {
      const { low, high } = rangeOf(caller.orgPath);
      const visible = visibleSections(caller.role);
      const sections = visible === 'every' ? null : [...visible];
      const filters = [query.teacherId ?? null, query.state ?? null, low, high, sections];
      // the range again, for the index: policies of a table are joined by OR and serve none
      const where = `c.org_path >= $3 and c.org_path < $4 and ($1::uuid is null or c.teacher_id = $1) and ($2::text is null or c.state = $2)
        and ($5::text[] is null or c.section = any($5))`;
      const rows = await sql<CorrectionRow>(
        `${selectCorrections} where ${where} and ($6::uuid is null or c.id < $6) order by c.id desc limit $7`,
        [...filters, before ?? null, limit + 1],
      );
      const [counted] = await sql<{ n: number }>(
        `select count(*)::int as n from (select 1 from correction c where ${where} limit ${mostCounted + 1}) counted`,
        filters,
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? sealCursor(this.vault, last.id, owner) : undefined;
      const n = counted?.n ?? 0;
      return {
        items: items.map((row) => toCorrectionView(this.vault, row)),
        page: { next, total: Math.min(n, mostCounted), totalIsExact: n <= mostCounted },
      };
    });
  }
}

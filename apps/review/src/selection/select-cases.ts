import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { mostSelected, reviewRefusals, selectCases, SelectCases, SelectionView } from '@shidang/contracts';
import { audited, newId, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { conditionOf } from '../case/case-filter';

const livesMilliseconds = 3_600_000;

@Controller()
export class SelectCasesHandler {
  constructor(private readonly work: Work) {}

  /** Who is in it, with what content, is written down now: a batch decides what its maker saw counted, and nothing that came later. */
  @Handles(selectCases)
  select(command: SelectCases, caller: Caller): Promise<SelectionView> {
    return this.work.as(caller, async (em, sql) => {
      const condition = await conditionOf(sql, command.filter, caller);
      if (!condition) throw reviewRefusals.selectionEmpty({});
      const madeAt = new Date();
      const [id, expiresAt] = [newId(), new Date(madeAt.getTime() + livesMilliseconds)];
      await sql(
        `insert into selection (id, account_id, post_id, org_path, made_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
        [id, caller.accountId, caller.postId, caller.orgPath, madeAt, expiresAt],
      );
      const at = condition.params.length;
      const taken = await sql<{ n: number }>(
        `with taken as (
           insert into selection_item (selection_id, case_id, content_hash, account_id, org_path)
           select $${at + 1}::uuid, c.id, c.content_hash, $${at + 2}::uuid, c.org_path from review_case c
           where ${condition.where} order by c.id limit ${mostSelected + 1} returning 1)
         select count(*)::int as n from taken`,
        [...condition.params, id, caller.accountId],
      );
      const count = taken[0]?.n ?? 0;
      if (count === 0) throw reviewRefusals.selectionEmpty({});
      if (count > mostSelected) throw reviewRefusals.selectionTooLarge({ count, most: mostSelected });
      audited(em, { object: `selection:${id}`, after: { ...command.filter, count } });
      return { id, count, expiresAt: expiresAt.toISOString() };
    });
  }
}

import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { CaseFilter, CaseGroups, groupCases, type SubmissionKind } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { conditionOf } from './case-filter';
import { readShape } from './shape';

const mostGroups = 100;

interface GroupRow {
  kind: SubmissionKind;
  shape: string;
  count: number;
  risky: number;
}

@Controller()
export class GroupCasesHandler {
  constructor(private readonly work: Work) {}

  /** What waits, by what it looks like: a reviewer decides alike cases one after the other, and the risky ones apart. */
  @Handles(groupCases)
  async group(filter: CaseFilter, caller: Caller): Promise<CaseGroups> {
    const rows = await this.work.read(caller, async (_, sql) => {
      const condition = await conditionOf(sql, filter, caller);
      if (!condition) return [];
      return sql<GroupRow>(
        `select c.kind, c.shape, count(*)::int as count, count(*) filter (where c.rule_hits <> '{}')::int as risky
         from review_case c where ${condition.where} group by c.kind, c.shape order by count(*) desc, c.kind, c.shape`,
        condition.params,
      );
    });
    const sum = (of: (row: GroupRow) => number) => rows.reduce((total, row) => total + of(row), 0);
    return {
      total: sum((row) => row.count),
      risky: sum((row) => row.risky),
      groups: rows.slice(0, mostGroups).map((row) => ({ ...row, ...readShape(row.shape) })),
    };
  }
}

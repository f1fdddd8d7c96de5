import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  listProgressChildren,
  reportingRefusals,
  type ListProgressChildren,
  type ProgressPage,
  type RankedProgress,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { isoOf, type Moment } from '../moment';
import { dayInChina } from '../monthly-report/china-day';
import { measured, type OrganisationRow } from '../organisation/measured-organisation';
import { progressOf, type Counts } from './organisation-progress';
import { rankingQuery, termsOf } from './ranking-query';

interface Row extends OrganisationRow {
  counts: Counts | null;
  rank: string;
  of: number;
  moved_at: Moment | null;
  due_on: string | null;
}

/** Where a page ends: the rank as text, and the code. */
type Place = readonly [rank: string, code: string];

const day = 86_400_000;

@Controller()
export class ListProgressChildrenHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(listProgressChildren)
  async list(query: ListProgressChildren, caller: Caller): Promise<ProgressPage> {
    const owner = { list: listProgressChildren.name, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, query.cursor, owner) ?? [null, null];
    const { code, limit = 200, idleDays = 7 } = query;
    const terms = termsOf(query);
    const now = new Date();
    const today = dayInChina(now);
    const [rows] = await this.work.look<[Row]>(caller, {
      name: `ranking-${terms.level}${terms.sort}-${terms.preset ?? 'all'}`,
      text: rankingQuery(terms),
      params: [code, ...after, new Date(now.getTime() - idleDays * day), today, limit + 1],
    });
    if (rows.length === 0) throw reportingRefusals.organisationNotFound({});
    const found = rows.filter((row) => row.code !== null);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const place: Place | undefined = last && [last.rank, last.code];
    return {
      items: page.map((row) => ranked(row, today)),
      page: {
        next: found.length > limit && place ? sealCursor(this.vault, place, owner) : undefined,
        total: last?.of ?? 0,
        totalIsExact: true,
      },
    };
  }
}

function ranked(row: Row, today: string): RankedProgress {
  const progress = progressOf(measured(row), row.counts ?? {});
  const { submitted, registered } = progress.figures;
  const all = Math.max(progress.headCount ?? 0, registered);
  return {
    ...progress,
    movedAt: row.moved_at ? isoOf(row.moved_at) : undefined,
    dueOn: row.due_on ?? undefined,
    overdue: row.due_on !== null && row.due_on < today && submitted < all,
  };
}

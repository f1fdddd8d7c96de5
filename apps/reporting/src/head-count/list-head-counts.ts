import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  headCountStates,
  listHeadCounts,
  type HeadCountPage,
  type HeadCountState,
  type ListHeadCounts,
  type SchoolHeadCount,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { isoOf, type Moment } from '../moment';
import { measured, organisationOf, type OrganisationRow } from '../organisation/measured-organisation';

interface Row extends OrganisationRow {
  state: HeadCountState;
  declared: number | null;
  declared_at: Moment | null;
  confirmed: number | null;
  confirmed_at: Moment | null;
  version: number | null;
  turn: number;
  of: number;
}

type Place = readonly [turn: number, code: string];

/** A school alone is asked for as itself; an authority for the schools right below, those waiting for it first. */
const query = `
  with stated as (
    select o.code, o.name, o.tier, o.category, h.declared, h.declared_at, h.confirmed, h.confirmed_at, h.version,
      case when h.school_code is null then 'missing'
           when h.confirmed is null or h.confirmed <> h.declared then 'declared' else 'confirmed' end as state
    from organisation o left join head_count h on h.school_code = o.code
    where o.tier = 'school' and (o.parent_code = $1 or o.code = $1)),
  placed as (
    select *, array_position(array['declared', 'missing', 'confirmed'], state) as turn, count(*) over ()::int as of
    from stated where state = any($2))
  select * from placed where $3::int is null or (turn, code) > ($3::int, $4::text) order by turn, code limit $5`;

@Controller()
export class ListHeadCountsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(listHeadCounts)
  list({ organisation, state, cursor, limit = 50 }: ListHeadCounts, caller: Caller): Promise<HeadCountPage> {
    const owner = { list: listHeadCounts.name, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, cursor, owner) ?? [null, null];
    return this.work.read(caller, async (_, sql) => {
      const { code } = await organisationOf(sql, organisation ?? caller.orgCode);
      const rows = await sql<Row>(query, [code, state ? [state] : headCountStates, ...after, limit + 1], 'head-counts');
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const place: Place | undefined = last && [last.turn, last.code];
      return {
        items: page.map(viewOf),
        page: {
          next: rows.length > limit && place ? sealCursor(this.vault, place, owner) : undefined,
          total: last?.of ?? 0,
          totalIsExact: true,
        },
      };
    });
  }
}

const viewOf = (row: Row): SchoolHeadCount => ({
  code: row.code,
  school: measured(row),
  state: row.state,
  declared: row.declared ?? undefined,
  declaredAt: row.declared_at ? isoOf(row.declared_at) : undefined,
  confirmed: row.confirmed ?? undefined,
  confirmedAt: row.confirmed_at ? isoOf(row.confirmed_at) : undefined,
  inForce: row.confirmed ?? row.declared ?? undefined,
  etag: String(row.version ?? 0),
});

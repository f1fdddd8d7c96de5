import { rangeOf, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  identityRefusals,
  ListOrganisationChildren,
  listOrganisationChildren,
  ListOrganisations,
  listOrganisations,
  OrganisationPage,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { filtered, filterOf, organisationColumns, toView, type OrganisationRow } from './organisation-view';

const children = `from organisation o where o.parent_code = $1 and ${filtered(2)}`;
const everything = `from organisation o where o.org_path >= $1 and o.org_path < $2 and ${filtered(3)}`;

@Controller()
export class ListOrganisationsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** By code. */
  @Handles(listOrganisationChildren)
  children(query: ListOrganisationChildren, caller: Caller): Promise<OrganisationPage> {
    const owner = { list: listOrganisationChildren.name, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, query.cursor, owner) ?? '';
    return this.work.read(caller, async (_, sql) => {
      const limit = query.limit ?? 20;
      const parent = await sql(`select 1 from organisation where code = $1`, [query.code]);
      if (parent.length === 0) throw identityRefusals.organisationNotFound({});
      const filter = [query.code, ...filterOf(query)];
      const [count] = await sql<{ n: string }>(
        `select count(*) as n ${children}`,
        filter,
        'organisation-children-count',
      );
      const rows = await sql<OrganisationRow & Record<string, unknown>>(
        `select ${organisationColumns} ${children} and o.code > $5 order by o.code limit $6`,
        [...filter, after, limit + 1],
        'organisation-children',
      );
      const items = rows.slice(0, limit).map(toView);
      const next = rows.length > limit ? sealCursor(this.vault, items.at(-1)!.code, owner) : undefined;
      return { items, page: { next, total: Number(count?.n ?? 0), totalIsExact: true } };
    });
  }

  /** Parents before those below them. */
  @Handles(listOrganisations)
  list(query: ListOrganisations, caller: Caller): Promise<OrganisationPage> {
    const owner = { list: listOrganisations.name, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, query.cursor, owner) ?? '';
    return this.work.read(caller, async (_, sql) => {
      const limit = query.limit ?? 20;
      const { low, high } = rangeOf(caller.orgPath);
      const filter = [low, high, ...filterOf(query)];
      const [count] = await sql<{ n: string }>(
        `select count(*) as n from (select 1 ${everything} limit 10001) counted`,
        filter,
        'organisations-count',
      );
      const rows = await sql<OrganisationRow & Record<string, unknown>>(
        `select ${organisationColumns} ${everything} and o.org_path > $6 order by o.org_path limit $7`,
        [...filter, after, limit + 1],
        'organisations',
      );
      const items = rows.slice(0, limit).map(toView);
      const next = rows.length > limit ? sealCursor(this.vault, items.at(-1)!.orgPath, owner) : undefined;
      const total = Number(count?.n ?? 0);
      return { items, page: { next, total: Math.min(total, 10_000), totalIsExact: total <= 10_000 } };
    });
  }
}

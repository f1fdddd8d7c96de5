import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  identityRefusals,
  ListOrganisationChildren,
  listOrganisationChildren,
  OrganisationPage,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { organisationColumns, toView, type OrganisationRow } from './organisation-view';

@Controller()
export class ListOrganisationChildrenHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** By code. */
  @Handles(listOrganisationChildren)
  list(query: ListOrganisationChildren, caller: Caller): Promise<OrganisationPage> {
    const owner = { list: listOrganisationChildren.name, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, query.cursor, owner) ?? '';
    return this.work.read(caller, async (_, sql) => {
      const limit = query.limit ?? 20;
      const [parent] = await sql<{ n: string }>(
        `select (select count(*) from organisation c where c.parent_code = o.code) as n from organisation o where o.code = $1`,
        [query.code],
        'organisation-children-count',
      );
      if (!parent) throw identityRefusals.organisationNotFound({});
      const rows = await sql<OrganisationRow>(
        `select ${organisationColumns} from organisation o where o.parent_code = $1 and o.code > $2 order by o.code limit $3`,
        [query.code, after, limit + 1],
        'organisation-children',
      );
      const items = rows.slice(0, limit).map(toView);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last && sealCursor(this.vault, last.code, owner);
      return { items, page: { next, total: Number(parent.n), totalIsExact: true } };
    });
  }
}

import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { AccountPage, ListAccounts, listAccounts } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { accountColumns, toAccountView, type AccountRow } from './account-view';
import { managedAccountIds } from './managed-accounts';

const matching = `from account a where a.id in (${managedAccountIds})
  and ($3::text is null or a.org_code = $3)
  and ($4::text is null or exists (select 1 from post q where q.account_id = a.id and q.role = $4 and q.ended_at is null))
  and ($5::text is null or a.status = $5)
  and ($6::text is null or left(a.login_name, length($6)) = $6)`;

interface After {
  organisation: string;
  loginName: string;
}

@Controller()
export class ListAccountsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** By organisation and log-in name. */
  @Handles(listAccounts)
  list(query: ListAccounts, caller: Caller): Promise<AccountPage> {
    const owner = { list: listAccounts.name, accountId: caller.accountId };
    const after = openCursor<After>(this.vault, query.cursor, owner) ?? { organisation: '', loginName: '' };
    return this.work.read(caller, async (_, sql) => {
      const limit = query.limit ?? 20;
      const filter = [
        caller.orgPath,
        caller.orgCode,
        query.organisation ?? null,
        query.role ?? null,
        query.status ?? null,
        query.loginName?.toLowerCase() ?? null,
      ];
      const [count] = await sql<{ n: string }>(`select count(*) as n ${matching}`, filter);
      const rows = await sql<AccountRow>(
        `select ${accountColumns} ${matching} and (a.org_code, a.login_name) > ($7, $8)
         order by a.org_code, a.login_name limit $9`,
        [...filter, after.organisation, after.loginName, limit + 1],
      );
      const items = rows.slice(0, limit).map((row) => toAccountView(row));
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next =
        last && sealCursor(this.vault, { organisation: last.organisation, loginName: last.loginName }, owner);
      return { items, page: { next, total: Number(count?.n ?? 0), totalIsExact: true } };
    });
  }
}

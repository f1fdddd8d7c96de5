import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  AccountCounts,
  AccountPage,
  accountStates,
  CountAccounts,
  countAccounts,
  ListAccounts,
  listAccounts,
  type AccountState,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { accountColumns, accountState, toAccountView, type AccountRow } from './account-view';
import { managedAccountIds } from './managed-accounts';

const matching = `from account a where a.id in (${managedAccountIds})
  and ($3::text is null or a.org_code = $3)
  and ($4::text is null or exists (select 1 from post q where q.account_id = a.id and q.role = $4 and q.ended_at is null))
  and ($5::text is null or left(a.login_name, length($5)) = lower($5) or position($5 in a.name) > 0
    or exists (select 1 from organisation n where n.code = a.org_code and position($5 in n.name) > 0))`;

const narrowed = `${matching} and ($6::text is null or a.status = $6) and ($7::text is null or ${accountState} = $7)
  and ($8::text is null or left(a.login_name, length($8)) = $8)`;

const filterOf = (query: CountAccounts, caller: Caller) => [
  caller.orgPath,
  caller.orgCode,
  query.organisation ?? null,
  query.role ?? null,
  query.q?.normalize('NFC').trim() || null,
];

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
      const { status = null, state = null } = query;
      const filter = [...filterOf(query, caller), status, state, query.loginName?.toLowerCase() ?? null];
      const [count] = await sql<{ n: string }>(`select count(*) as n ${narrowed}`, filter);
      const rows = await sql<AccountRow>(
        `select ${accountColumns} ${narrowed} and (a.org_code, a.login_name) > ($9, $10)
         order by a.org_code, a.login_name limit $11`,
        [...filter, after.organisation, after.loginName, limit + 1],
      );
      const items = rows.slice(0, limit).map((row) => toAccountView(row));
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next =
        last && sealCursor(this.vault, { organisation: last.organisation, loginName: last.loginName }, owner);
      return { items, page: { next, total: Number(count?.n ?? 0), totalIsExact: true } };
    });
  }

  @Handles(countAccounts)
  count(query: CountAccounts, caller: Caller): Promise<AccountCounts> {
    return this.work.read(caller, async (_, sql) => {
      const rows = await sql<{ state: AccountState; n: string }>(
        `select state, count(*) as n from (select ${accountState} as state ${matching}) counted group by state`,
        filterOf(query, caller),
        'account-counts',
      );
      const found = new Map(rows.map((row) => [row.state, Number(row.n)]));
      const states = accountStates.map((state) => ({ state, accounts: found.get(state) ?? 0 }));
      return { total: states.reduce((sum, { accounts }) => sum + accounts, 0), states };
    });
  }
}

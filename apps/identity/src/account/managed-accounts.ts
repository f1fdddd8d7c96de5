import type { Caller } from '@shidang/access';
import { identityRefusals } from '@shidang/contracts';
import type { Sql, SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Account } from './account.entity';

/**
 * Ids of the accounts `$1` (path) and `$2` (code) of a system administrator manage: those at home in his organisation, and
 * the system administrators at home directly below. Ended posts count, or nobody could grant the account a new one.
 */
export const managedAccountIds = `select m.id from account m where m.org_path = $1
  union
  select p.account_id from organisation o join post p on p.org_path = o.org_path and p.role = 'systemAdministrator'
  join account h on h.id = p.account_id and h.org_path = o.org_path where o.parent_code = $2`;

/**
 * An account that is nobody's the caller manages reads as nonexistent (A3). Who writes it locks it: two slips at once come
 * after one another.
 */
export async function managedAccount(
  em: SqlEntityManager,
  sql: Sql,
  caller: Caller,
  accountId: string,
  { lock = false } = {},
): Promise<Account> {
  const [row] = await sql(`select 1 from (${managedAccountIds}) managed where id = $3`, [
    caller.orgPath,
    caller.orgCode,
    accountId,
  ]);
  const account =
    row && (await em.findOne(Account, { id: accountId }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {}));
  if (!account) throw identityRefusals.accountNotFound({});
  return account;
}

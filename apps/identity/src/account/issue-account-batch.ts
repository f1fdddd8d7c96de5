import { mayHold, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  AccountBatch,
  AccountBatchIssued,
  AccountBatchPreview,
  identityRefusals,
  issueAccountBatch,
  previewAccountBatch,
  type AccountBatchRow,
} from '@shidang/contracts';
import { audited, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { Organisation } from '../organisation/organisation.entity';
import { livePost } from './account-view';
import { assertMayIssue, Issuing } from './issuing';
import { freeLoginNames } from './login-name';

@Controller()
export class IssueAccountBatchHandler {
  constructor(
    private readonly work: Work,
    private readonly issuing: Issuing,
  ) {}

  @Handles(previewAccountBatch)
  preview(query: AccountBatch, caller: Caller): Promise<AccountBatchPreview> {
    return this.work.read(caller, async (em, sql) => {
      const { free, held } = await sorted(em, sql, query, caller, false);
      const rows = [...free.map((each) => rowOf(each, 'issue')), ...held.map((each) => rowOf(each, 'exists'))];
      return { rows, toIssue: free.length, skipped: held.length };
    });
  }

  @Handles(issueAccountBatch)
  issue(command: AccountBatch, caller: Caller): Promise<AccountBatchIssued> {
    return this.work.as(caller, async (em, sql) => {
      const { free, held } = await sorted(em, sql, command, caller, true);
      const names = await freeLoginNames(sql, command.role, free);
      const orders = free.map((organisation) => ({
        organisation,
        role: command.role,
        loginName: names.get(organisation.code) ?? '',
      }));
      const issued = await this.issuing.issue(em, orders, caller);
      audited(em, { object: `account-batch:${command.role}`, after: issued.map(({ account }) => account.id) });
      return { slips: issued.map(({ slip }) => slip), skipped: held.map((each) => rowOf(each, 'exists')) };
    });
  }
}

/**
 * The organisations ticked, in the order ticked: where the role is free, and where somebody holds it. Locked, two who
 * issue at once come after one another and the second one skips.
 */
async function sorted(em: SqlEntityManager, sql: Sql, batch: AccountBatch, caller: Caller, lock: boolean) {
  const found = new Map(
    (
      await em.find(
        Organisation,
        { code: { $in: batch.organisations } },
        { orderBy: { code: 'asc' }, ...(lock && { lockMode: LockMode.PESSIMISTIC_WRITE }) },
      )
    ).map((each) => [each.code, each]),
  );
  const organisations = batch.organisations.map((code) => {
    const organisation = found.get(code);
    if (!organisation) throw identityRefusals.organisationNotFound({});
    if (!mayHold(batch.role, organisation.tier)) {
      throw identityRefusals.roleNotAtTier({ role: batch.role, tier: organisation.tier });
    }
    assertMayIssue(caller, batch.role, organisation);
    if (batch.role === 'teacher') throw identityRefusals.teachersAreRegistered({});
    return organisation;
  });
  const rows = await sql<{ org_path: string }>(
    `select distinct p.org_path from post p join account a on a.id = p.account_id
     where p.org_path = any($1) and p.role = $2 and a.status <> 'disabled' and ${livePost}`,
    [organisations.map((each) => each.orgPath), batch.role],
  );
  const taken = new Set(rows.map((row) => row.org_path));
  return {
    free: organisations.filter((each) => !taken.has(each.orgPath)),
    held: organisations.filter((each) => taken.has(each.orgPath)),
  };
}

const rowOf = (organisation: Organisation, outcome: AccountBatchRow['outcome']): AccountBatchRow => ({
  organisation: organisation.code,
  organisationName: organisation.name,
  outcome,
});

import { mayHold, type Caller, type Role } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  AccountBatch,
  AccountBatchIssued,
  AccountBatchPreview,
  identityRefusals,
  issueAccountBatch,
  previewAccountBatch,
  type AccountBatchCell,
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
      const names = new Map<Role, Map<string, string>>();
      for (const role of new Set(free.map((cell) => cell.role))) {
        const homes = free.filter((cell) => cell.role === role).map((cell) => cell.organisation);
        names.set(role, await freeLoginNames(sql, role, homes));
      }
      const orders = free.map(({ organisation, role }) => ({
        organisation,
        role,
        loginName: names.get(role)?.get(organisation.code) ?? '',
      }));
      const issued = await this.issuing.issue(em, orders, caller);
      audited(em, { object: `account-batch:${command.role}`, after: issued.map(({ account }) => account.id) });
      return { slips: issued.map(({ slip }) => slip), skipped: held.map((each) => rowOf(each, 'exists')) };
    });
  }
}

interface Cell {
  organisation: Organisation;
  role: Role;
}

/** Every cell once, in the order ticked. */
const cellsOf = ({ organisations, role, also }: AccountBatch): AccountBatchCell[] => {
  // what is optional may be said to be null
  const cells = [...organisations.map((organisation) => ({ organisation, role })), ...(also ?? [])];
  return [...new Map(cells.map((cell) => [`${cell.role}@${cell.organisation}`, cell])).values()];
};

/**
 * The cells ticked: where the role is free, and where somebody holds it. Locked, two who issue at once come after one
 * another and the second one skips.
 */
async function sorted(em: SqlEntityManager, sql: Sql, batch: AccountBatch, caller: Caller, lock: boolean) {
  const wanted = cellsOf(batch);
  const found = new Map(
    (
      await em.find(
        Organisation,
        { code: { $in: wanted.map((cell) => cell.organisation) } },
        { orderBy: { code: 'asc' }, ...(lock && { lockMode: LockMode.PESSIMISTIC_WRITE }) },
      )
    ).map((each) => [each.code, each]),
  );
  const cells = wanted.map(({ organisation: code, role }): Cell => {
    const organisation = found.get(code);
    if (!organisation) throw identityRefusals.organisationNotFound({});
    if (!mayHold(role, organisation.tier)) throw identityRefusals.roleNotAtTier({ role, tier: organisation.tier });
    assertMayIssue(caller, role, organisation);
    if (role === 'teacher') throw identityRefusals.teachersAreRegistered({});
    return { organisation, role };
  });
  const rows = await sql<{ role: Role; org_path: string }>(
    `select distinct p.role, p.org_path from post p join account a on a.id = p.account_id
     where p.org_path = any($1) and p.role = any($2) and a.status <> 'disabled' and ${livePost}`,
    [cells.map((cell) => cell.organisation.orgPath), cells.map((cell) => cell.role)],
  );
  const taken = new Set(rows.map((row) => `${row.role}@${row.org_path}`));
  const isHeld = ({ role, organisation }: Cell) => taken.has(`${role}@${organisation.orgPath}`);
  return { free: cells.filter((cell) => !isHeld(cell)), held: cells.filter(isHeld) };
}

const rowOf = ({ organisation, role }: Cell, outcome: AccountBatchRow['outcome']): AccountBatchRow => ({
  organisation: organisation.code,
  organisationName: organisation.name,
  role,
  outcome,
});

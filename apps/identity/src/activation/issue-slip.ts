import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  ActivationSlip,
  identityRefusals,
  IssueSlip,
  issueSlip,
  IssueSlips,
  issueSlips,
  SlipsIssued,
} from '@shidang/contracts';
import { audited, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { livePost } from '../account/account-view';
import { Issuing } from '../account/issuing';
import { managedAccount } from '../account/managed-accounts';
import type { PostView } from '@shidang/contracts';

@Controller()
export class IssueSlipHandler {
  constructor(
    private readonly work: Work,
    private readonly issuing: Issuing,
  ) {}

  @Handles(issueSlip)
  issue(command: IssueSlip, caller: Caller): Promise<ActivationSlip> {
    return this.work.as(caller, (em, sql) => {
      audited(em, { object: `account:${command.accountId}` });
      return this.newSlip(em, sql, caller, command.accountId);
    });
  }

  @Handles(issueSlips)
  issueList(command: IssueSlips, caller: Caller): Promise<SlipsIssued> {
    return this.work.as(caller, async (em, sql) => {
      const slips: ActivationSlip[] = [];
      for (const accountId of command.accountIds) slips.push(await this.newSlip(em, sql, caller, accountId));
      audited(em, { object: `activation-slips:${slips.length}`, after: command.accountIds });
      return { slips };
    });
  }

  /** For an account in use this is a reset: its password and its sessions end with the old slip. */
  private async newSlip(em: SqlEntityManager, sql: Sql, caller: Caller, accountId: string): Promise<ActivationSlip> {
    const account = await managedAccount(em, sql, caller, accountId, { lock: true });
    if (account.id === caller.accountId) throw identityRefusals.notYourself({});
    account.reset();
    const { code, entity } = await this.issuing.reissue(em, sql, account, caller);
    const [post] = await sql<{ role: PostView['role']; name: string }>(
      `select p.role, o.name from post p join organisation o on o.code = p.org_code
       where p.account_id = $1 and ${livePost} order by p.org_path <> $2, p.granted_at limit 1`,
      [account.id, account.orgPath],
    );
    if (!post) throw identityRefusals.noPost({});
    return this.issuing.slip(account, post.role, { code: account.orgCode, name: post.name }, code, entity);
  }
}

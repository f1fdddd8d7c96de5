import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  AccountView,
  identityRefusals,
  UnlockAccount,
  unlockAccount,
  UpdateAccount,
  updateAccount,
} from '@shidang/contracts';
import { audited, expectVersion, Work, type SqlEntityManager } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import type { Account } from './account.entity';
import { accountView } from './account-view';
import { tellPost, tellPostEnded } from './issuing';
import { managedAccount } from './managed-accounts';
import { Post } from './post.entity';

@Controller()
export class UpdateAccountHandler {
  constructor(private readonly work: Work) {}

  /** Disabling refuses the next request of the account; nothing of it is lost when it is enabled again. */
  @Handles(updateAccount)
  update(command: UpdateAccount, caller: Caller): Promise<AccountView> {
    return this.work.as(caller, async (em, sql) => {
      const account = await managedAccount(em, sql, caller, command.accountId, { lock: true });
      expectVersion(String(account.version));
      const before = account.status;
      if (command.status === 'disabled' && before !== 'disabled') {
        if (account.id === caller.accountId) throw identityRefusals.notYourself({});
        account.disable();
        await this.posts(em, account, (post) => tellPostEnded(em, post, caller));
      }
      if (command.status === 'enabled' && before === 'disabled') {
        account.enable();
        await this.posts(em, account, (post) => tellPost(em, account, post, caller));
      }
      await em.flush();
      audited(em, {
        object: `account:${account.id}`,
        orgPath: account.orgPath,
        reason: command.reason,
        before,
        after: account.status,
      });
      return (await accountView(sql, account.id))!;
    });
  }

  @Handles(unlockAccount)
  unlock(command: UnlockAccount, caller: Caller): Promise<AccountView> {
    return this.work.as(caller, async (em, sql) => {
      const account = await managedAccount(em, sql, caller, command.accountId, { lock: true });
      account.unlock();
      await em.flush();
      audited(em, { object: `account:${account.id}`, orgPath: account.orgPath });
      return (await accountView(sql, account.id))!;
    });
  }

  /** Who keeps posts must know that nobody acts in them now: a principal whose account is disabled reviews nothing. */
  private async posts(em: SqlEntityManager, account: Account, tellOf: (post: Post) => Promise<unknown>): Promise<void> {
    for (const post of await em.find(Post, { accountId: account.id, endedAt: null })) {
      post.touch();
      await tellOf(post);
    }
  }
}

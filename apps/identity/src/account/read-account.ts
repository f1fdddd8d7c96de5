import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { AccountView, ReadAccount, readAccount } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { accountView } from './account-view';
import { managedAccount } from './managed-accounts';

@Controller()
export class ReadAccountHandler {
  constructor(private readonly work: Work) {}

  @Handles(readAccount)
  read(query: ReadAccount, caller: Caller): Promise<AccountView> {
    return this.work.read(caller, async (em, sql) => {
      const account = await managedAccount(em, sql, caller, query.accountId);
      return (await accountView(sql, account.id))!;
    });
  }
}

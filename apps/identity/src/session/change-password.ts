import { isStrong, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ChangePassword, changePassword, Done, identityRefusals } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { Account } from '../account/account.entity';
import { PersonRegistry } from '../person/person-registry';
import { Passwords } from './passwords';
import { tokenHash } from './token';

@Controller()
export class ChangePasswordHandler {
  constructor(
    private readonly work: Work,
    private readonly registry: PersonRegistry,
    private readonly passwords: Passwords,
  ) {}

  /** Every other session of the account ends; this one begins anew with the new password. */
  @Handles(changePassword)
  async change(command: ChangePassword, caller: Caller): Promise<Done> {
    const account = await this.work.read(caller, (em) => em.findOneOrFail(Account, { id: caller.accountId }));
    if (!(await this.passwords.fits(account.passwordHash, command.currentPassword)))
      throw identityRefusals.passwordWrong({});
    const number = await this.registry.numberOf(caller.personId);
    const known = [account.loginName, account.orgCode, account.name, number, command.currentPassword];
    if (!isStrong(command.newPassword, known)) throw identityRefusals.passwordWeak({});
    const passwordHash = await this.passwords.hash(command.newPassword);
    return this.work.as(caller, async (em, sql) => {
      const fresh = await em.findOneOrFail(Account, { id: caller.accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (fresh.passwordHash !== account.passwordHash) throw identityRefusals.passwordWrong({});
      fresh.changePassword(passwordHash);
      await sql(`update session set created_at = $3 where account_id = $1 and token_hash = $2 and ended_at is null`, [
        caller.accountId,
        tokenHash(command.token),
        fresh.sessionsFrom,
      ]);
      audited(em, { object: `account:${caller.accountId}` });
      return { done: true };
    });
  }
}

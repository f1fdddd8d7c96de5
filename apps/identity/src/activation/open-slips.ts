import { identityRefusals, type Refusal } from '@shidang/contracts';
import { Vault, Work, writeAudit } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { Account } from '../account/account.entity';
import { ActivationCode } from './activation-code.entity';
import { slipCodeHash } from './slip-code';

/** Whose slip a code is on. A guess leaves a trace, and wrong, used, expired and disabled read the same. */
@Injectable()
export class OpenSlips {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  async accountOf(typed: string, what: string): Promise<Account> {
    const found = await this.work.beyond('activation', async (em) => {
      const code = await em.findOne(ActivationCode, { codeHash: slipCodeHash(this.vault, typed) });
      return code?.isGood(new Date()) ? em.findOne(Account, { id: code.accountId }) : null;
    });
    if (found && found.status !== 'disabled') return found;
    const refusal = identityRefusals.codeInvalid({});
    await this.note(what, refusal);
    throw refusal;
  }

  async note(what: string, refusal: Refusal, account?: Account): Promise<void> {
    if (!refusal.body) return;
    await this.work.beyond('activation', (_, sql) =>
      writeAudit(sql, {
        what,
        result: refusal.body.code,
        object: account && `account:${account.id}`,
        orgPath: account?.orgPath,
      }),
    );
  }
}

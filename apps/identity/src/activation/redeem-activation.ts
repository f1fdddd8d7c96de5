import { isStrong } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  accountActivated,
  ActivationRedeemed,
  identityRefusals,
  RedeemActivation,
  redeemActivation,
  type Refusal,
} from '@shidang/contracts';
import { audited, tell, Vault, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { Account } from '../account/account.entity';
import { lockPerson, refuseTogether } from '../account/roles-of-one-human';
import { tellPost } from '../account/issuing';
import { Post } from '../account/post.entity';
import { PersonRegistry, type Person } from '../person/person-registry';
import { Passwords } from '../session/passwords';
import { ActivationCode } from './activation-code.entity';
import { OpenSlips } from './open-slips';
import { slipCodeHash } from './slip-code';

@Controller()
export class RedeemActivationHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly registry: PersonRegistry,
    private readonly slips: OpenSlips,
    private readonly passwords: Passwords,
  ) {}

  @Handles(redeemActivation)
  async redeem(command: RedeemActivation): Promise<ActivationRedeemed> {
    const account = await this.slips.accountOf(command.code, redeemActivation.name);
    try {
      await this.refuseWeak(command, account);
      const passwordHash = await this.passwords.hash(command.password);
      return await this.work.beyondRecorded('activation', (em, sql) => this.activate(em, sql, command, passwordHash));
    } catch (error) {
      await this.slips.note(redeemActivation.name, error as Refusal, account);
      throw error;
    }
  }

  private async refuseWeak(command: RedeemActivation, account: Account): Promise<void> {
    const number = account.personId ? await this.registry.numberOf(account.personId) : command.document?.number;
    const known = [account.loginName, account.orgCode, account.name, command.name, number];
    if (!isStrong(command.password, known)) throw identityRefusals.passwordWeak({});
  }

  /** The bound human, or the one who says who he is; a second account of one human meets the first by its document. */
  private async personOf(sql: Sql, command: RedeemActivation, account: Account): Promise<Person> {
    if (account.personId) return { id: account.personId, name: account.name ?? '' };
    if (!command.name?.trim() || !command.document) throw identityRefusals.personRequired({});
    return this.registry.identify(sql, command.name, command.document);
  }

  private async activate(
    em: SqlEntityManager,
    sql: Sql,
    command: RedeemActivation,
    passwordHash: string,
  ): Promise<ActivationRedeemed> {
    const code = await em.findOne(
      ActivationCode,
      { codeHash: slipCodeHash(this.vault, command.code) },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!code?.isGood(new Date())) throw identityRefusals.codeInvalid({});
    const account = await em.findOneOrFail(Account, { id: code.accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const person = await this.personOf(sql, command, account);
    await lockPerson(sql, person.id);
    const posts = await em.find(Post, { accountId: account.id, endedAt: null }, { orderBy: { grantedAt: 'asc' } });
    await this.refuseRolesOfOneHuman(em, account, person, posts);
    code.redeemedAt = new Date();
    const first = account.activate(passwordHash, person);
    if (first) {
      for (const post of posts) {
        post.touch();
        await tellPost(em, account, post);
      }
      const [main] = posts;
      if (main) {
        const { orgPath, role, orgCode } = main;
        await tell(
          em,
          accountActivated,
          { orgPath, accountId: account.id, personId: person.id, role, orgCode },
          account.id,
        );
      }
    }
    audited(em, { object: `account:${account.id}`, orgPath: account.orgPath });
    return { accountId: account.id, loginName: account.loginName };
  }

  /** 三员分立 is by person: the other accounts of the same human count. */
  private async refuseRolesOfOneHuman(
    em: SqlEntityManager,
    account: Account,
    person: Person,
    posts: Post[],
  ): Promise<void> {
    const others = await em.find(Account, {
      personId: person.id,
      id: { $ne: account.id },
      status: { $ne: 'disabled' },
    });
    if (others.length === 0) return;
    const held = await em.find(Post, { accountId: { $in: others.map((each) => each.id) }, endedAt: null });
    for (const { role } of posts)
      refuseTogether(
        held.map((each) => each.role),
        role,
      );
  }
}

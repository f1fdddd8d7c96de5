import { mayIssue, type Caller, type Role } from '@shidang/access';
import {
  accountIssued,
  activationPathOf,
  identityRefusals,
  postEnded,
  postGranted,
  type ActivationSlip,
} from '@shidang/contracts';
import { tell, Vault, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { ActivationCode } from '../activation/activation-code.entity';
import { newSlipCode, slipCodeHash } from '../activation/slip-code';
import { IdentityConfig } from '../identity.config';
import { actorOf } from '../organisation/organisation-change';
import type { Organisation } from '../organisation/organisation.entity';
import { Account } from './account.entity';
import { Post } from './post.entity';

export interface Order {
  organisation: Organisation;
  role: Role;
  loginName: string;
  name?: string;
  expiresAt?: string;
}

export interface IssuedSlip {
  slip: ActivationSlip;
  account: Account;
  post: Post;
}

/** Refuses what is not the caller's to issue: other organisations, and below more than system administrators. */
export function assertMayIssue(caller: Caller, role: Role, organisation: Organisation): void {
  if (mayIssue(caller, { role, orgPath: organisation.orgPath, tier: organisation.tier })) return;
  throw identityRefusals.notYoursToIssue({ role, organisation: organisation.code });
}

/** Makes accounts with their post and slip, and tells. Without a caller it is the set-up. */
@Injectable()
export class Issuing {
  constructor(
    private readonly vault: Vault,
    private readonly config: IdentityConfig,
  ) {}

  async issue(em: SqlEntityManager, orders: readonly Order[], caller?: Caller): Promise<IssuedSlip[]> {
    const made = orders.map((order) => ({
      order,
      account: new Account(order.organisation, order.loginName, order.name),
    }));
    await em.persist(made.map(({ account }) => account)).flush();
    const issued = made.map(({ order, account }) => {
      const post = new Post(account, order.role, order.organisation, {
        accountId: caller?.accountId,
        expiresAt: order.expiresAt,
      });
      const { code, entity } = this.newCode(account, caller);
      em.persist([post, entity]);
      return { account, post, slip: this.slip(account, order.role, order.organisation, code, entity) };
    });
    await em.flush();
    for (const { account, post } of issued) await tellIssued(em, account, post, caller);
    return issued;
  }

  /** A new code; the one before, if any, is void from here on. */
  async reissue(
    em: SqlEntityManager,
    sql: Sql,
    account: Account,
    caller?: Caller,
  ): Promise<{ code: string; entity: ActivationCode }> {
    await sql(
      `update activation_code set voided_at = now() where account_id = $1 and redeemed_at is null and voided_at is null`,
      [account.id],
    );
    const made = this.newCode(account, caller);
    await em.persist(made.entity).flush();
    return made;
  }

  slip(
    account: Account,
    role: Role,
    organisation: Pick<Organisation, 'code' | 'name'>,
    code: string,
    entity: ActivationCode,
  ): ActivationSlip {
    return {
      accountId: account.id,
      loginName: account.loginName,
      role,
      organisation: organisation.code,
      organisationName: organisation.name,
      name: account.name ?? undefined,
      code,
      activationPath: activationPathOf(role),
      expiresAt: entity.expiresAt.toISOString(),
    };
  }

  private newCode(account: Account, caller?: Caller): { code: string; entity: ActivationCode } {
    const code = newSlipCode();
    const good = { days: this.config.SLIP_DAYS, by: caller?.accountId };
    return { code, entity: new ActivationCode(account, slipCodeHash(this.vault, code), good) };
  }
}

type ToldAccount = Pick<Account, 'id' | 'personId' | 'teacherId'>;
type ToldPost = Pick<Post, 'id' | 'role' | 'tier' | 'orgPath' | 'orgCode' | 'version'>;

export async function tellIssued(
  em: SqlEntityManager,
  account: ToldAccount,
  post: ToldPost,
  caller?: Caller,
): Promise<void> {
  const actor = caller && actorOf(caller);
  await tell(
    em,
    accountIssued,
    { orgPath: post.orgPath, accountId: account.id, role: post.role, orgCode: post.orgCode, actor },
    account.id,
  );
  await tellPost(em, account, post, caller);
}

/** Told when a post begins, and again when the person behind it becomes known or the account can be used again. */
export const tellPost = (
  em: SqlEntityManager,
  account: ToldAccount,
  post: ToldPost,
  caller?: Caller,
): Promise<string> =>
  tell(
    em,
    postGranted,
    {
      orgPath: post.orgPath,
      postId: post.id,
      accountId: account.id,
      personId: account.personId,
      role: post.role,
      tier: post.tier,
      orgCode: post.orgCode,
      teacherId: post.role === 'teacher' ? account.teacherId : undefined,
      version: post.version,
      actor: caller && actorOf(caller),
    },
    post.id,
  );

export const tellPostEnded = (em: SqlEntityManager, post: Post, caller: Caller): Promise<string> =>
  tell(
    em,
    postEnded,
    {
      orgPath: post.orgPath,
      postId: post.id,
      accountId: post.accountId,
      role: post.role,
      orgCode: post.orgCode,
      version: post.version,
      actor: actorOf(caller),
    },
    post.id,
  );

import { identityRefusals, type ActivationSlip, type PostView } from '@shidang/contracts';
import { audited, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { parseArgs } from 'node:util';
import { livePost } from '../account/account-view';
import { Account } from '../account/account.entity';
import { Issuing } from '../account/issuing';

const usage = `usage: user unlock <log-in name> | user reset <log-in name> [--json]
  unlock  lets somebody who was locked out try again at once
  reset   ends password and sessions, prints a single-use activation code`;

/** For whom nobody above can be asked: the first administrator who forgot the password, a principal locked out on the last evening. */
@Injectable()
export class UserCare {
  constructor(
    private readonly work: Work,
    private readonly issuing: Issuing,
  ) {}

  unlock(loginName: string): Promise<{ accountId: string }> {
    return this.work.beyondRecorded('setup', async (em) => {
      const account = await this.named(em, loginName);
      account.unlock();
      return { accountId: account.id };
    });
  }

  reset(loginName: string): Promise<ActivationSlip> {
    return this.work.beyondRecorded('setup', async (em, sql) => {
      const account = await this.named(em, loginName);
      const post = await this.postOf(sql, account);
      account.reset();
      account.unlock();
      const { code, entity } = await this.issuing.reissue(em, sql, account);
      return this.issuing.slip(account, post.role, { code: account.orgCode, name: post.name }, code, entity);
    });
  }

  private async named(em: SqlEntityManager, loginName: string): Promise<Account> {
    const wanted = { loginName: loginName.trim().toLowerCase() };
    const account = await em.findOne(Account, wanted, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!account) throw identityRefusals.accountNotFound({});
    audited(em, { object: `account:${account.id}`, orgPath: account.orgPath });
    return account;
  }

  private async postOf(sql: Sql, account: Account): Promise<{ role: PostView['role']; name: string }> {
    const [post] = await sql<{ role: PostView['role']; name: string }>(
      `select p.role, o.name from post p join organisation o on o.code = p.org_code
       where p.account_id = $1 and ${livePost} order by p.org_path <> $2, p.granted_at limit 1`,
      [account.id, account.orgPath],
    );
    if (!post) throw identityRefusals.noPost({});
    return post;
  }
}

/** `node main.js user unlock|reset <log-in name>`. */
export async function userCare(app: INestApplicationContext, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [verb, loginName, ...more] = positionals;
  if ((verb !== 'unlock' && verb !== 'reset') || !loginName || more.length > 0) throw new Error(usage);
  const care = app.get(UserCare, { strict: false });
  const print = (answer: object, words: string) =>
    process.stdout.write(`${values.json ? JSON.stringify(answer) : words}\n`);
  if (verb === 'unlock') print(await care.unlock(loginName), `${loginName} 已解锁 · is unlocked`);
  else {
    const slip = await care.reset(loginName);
    print(slip, `激活码 activation  ${slip.code}\n有效期至 good until  ${slip.expiresAt}`);
  }
}

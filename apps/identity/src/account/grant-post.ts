import { mayHold, mayIssue, type Caller, type Role } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { AccountView, EndPost, endPost, GrantPost, grantPost, identityRefusals } from '@shidang/contracts';
import { audited, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Organisation } from '../organisation/organisation.entity';
import { accountView } from './account-view';
import { assertMayIssue, tellPost, tellPostEnded } from './issuing';
import { managedAccount } from './managed-accounts';
import { Post } from './post.entity';
import { lockPerson, refuseTogether } from './roles-of-one-human';

@Controller()
export class GrantPostHandler {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly work: Work) {}

  /** A further post; grants never exceed what the grantor may issue, and 三员分立 holds for the human behind the account. */
  @Handles(grantPost)
  grant(command: GrantPost, caller: Caller): Promise<AccountView> {
    return this.inTurn(() => this.grantNow(command, caller));
  }

  /** A grant holds one connection and looks elsewhere on a second: many at once would wait for each other's. */
  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.last.then(run);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private grantNow(command: GrantPost, caller: Caller): Promise<AccountView> {
    return this.work.as(caller, async (em, sql) => {
      const { role } = command;
      if (role === 'teacher') throw identityRefusals.teachersAreRegistered({});
      const account = await managedAccount(em, sql, caller, command.accountId, { lock: true });
      if (account.status === 'disabled') throw identityRefusals.accountDisabled({});
      const organisation = await em.findOne(Organisation, { code: command.organisation ?? caller.orgCode });
      if (!organisation) throw identityRefusals.organisationNotFound({});
      if (!mayHold(role, organisation.tier)) throw identityRefusals.roleNotAtTier({ role, tier: organisation.tier });
      assertMayIssue(caller, role, organisation);
      const held = await em.find(Post, { accountId: account.id, endedAt: null });
      if (held.some((each) => each.role === role && each.orgPath === organisation.orgPath))
        throw identityRefusals.postHeld({});
      const elsewhere = account.personId ? await this.rolesElsewhere(sql, account.id, account.personId) : [];
      refuseTogether([...held.map((each) => each.role), ...elsewhere], role);
      const post = new Post(account, role, organisation, { accountId: caller.accountId, expiresAt: command.expiresAt });
      await em.persist(post).flush();
      await tellPost(em, account, post, caller);
      audited(em, { object: `post:${post.id}`, orgPath: post.orgPath, after: { accountId: account.id, role } });
      return (await accountView(sql, account.id))!;
    });
  }

  /** Roles of the same human in other accounts, also out of the caller's sight and disabled: those may be enabled again. */
  private async rolesElsewhere(sql: Sql, accountId: string, personId: string): Promise<Role[]> {
    await lockPerson(sql, personId);
    const rows = await this.work.beyond('accounts', (_, beyond) =>
      beyond<{ role: Role }>(
        `select distinct p.role from account o join post p on p.account_id = o.id and p.ended_at is null
         where o.person_id = $2 and o.id <> $1`,
        [accountId, personId],
      ),
    );
    return rows.map((row) => row.role);
  }

  @Handles(endPost)
  end(command: EndPost, caller: Caller): Promise<AccountView> {
    return this.work.as(caller, async (em, sql) => {
      const account = await managedAccount(em, sql, caller, command.accountId, { lock: true });
      const post = await em.findOne(Post, { id: command.postId, accountId: account.id, endedAt: null });
      if (!post) throw identityRefusals.postNotFound({});
      if (post.id === caller.postId) throw identityRefusals.notYourself({});
      if (!mayIssue(caller, post))
        throw identityRefusals.notYoursToIssue({ role: post.role, organisation: post.orgCode });
      post.end();
      await em.flush();
      await tellPostEnded(em, post, caller);
      audited(em, {
        object: `post:${post.id}`,
        orgPath: post.orgPath,
        before: { accountId: account.id, role: post.role },
      });
      return (await accountView(sql, account.id))!;
    });
  }
}

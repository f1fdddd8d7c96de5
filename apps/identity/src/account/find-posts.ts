import { Handles } from '@shidang/bus';
import {
  AccountLabels,
  AccountLocated,
  FindPosts,
  findPosts,
  LabelAccounts,
  labelAccounts,
  LocateAccount,
  locateAccount,
  PostsFound,
  type AccountLabel,
  type PostHeld,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { livePost } from './account-view';

/** What other services ask about posts and accounts, each in the scope of its own caller. */
@Controller()
export class FindPostsHandler {
  constructor(private readonly work: Work) {}

  @Handles(findPosts)
  find(query: FindPosts): Promise<PostsFound> {
    return this.work.beyond('accounts', async (_, sql) => ({
      posts: await sql<PostHeld & Record<string, unknown>>(
        `select p.id as "postId", p.account_id as "accountId", a.person_id as "personId", p.role, a.status = 'active' as usable
         from post p join account a on a.id = p.account_id
         where p.org_path = $1 and p.role = any($2) and a.status <> 'disabled' and ${livePost} order by p.granted_at`,
        [query.orgPath, query.roles],
        'posts-held',
      ),
    }));
  }

  @Handles(labelAccounts)
  label(query: LabelAccounts): Promise<AccountLabels> {
    return this.work.beyond('accounts', async (_, sql) => ({
      labels: await sql<AccountLabel & Record<string, unknown>>(
        `select a.id as "accountId", a.login_name as "loginName", a.teacher_id is not null as "ofTeacher", coalesce(a.name, a.login_name) as name, a.org_code as organisation, o.name as "organisationName"
         from account a join organisation o on o.code = a.org_code where a.id = any($1)`,
        [query.accountIds],
        'account-labels',
      ),
    }));
  }

  @Handles(locateAccount)
  locate({ loginName }: LocateAccount): Promise<AccountLocated> {
    return this.work.beyond('accounts', async (_, sql) => {
      const [found] = await sql<{ id: string }>(
        `select id from account where login_name = $1`,
        [loginName.normalize('NFKC').trim().toLowerCase()],
        'account-located',
      );
      return { accountId: found?.id };
    });
  }
}

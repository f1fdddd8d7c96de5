import { mayIssue, permissionsOf, roles, visibleSections, type Caller, type Role } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { identityRefusals, listMyPermissions, Me, MyPermissions, Nothing, readMe } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { accountView } from '../account/account-view';

@Controller()
export class ReadMeHandler {
  constructor(private readonly work: Work) {}

  /** The own account with every post, also those outside the scope of the current one. */
  @Handles(readMe)
  async read(_query: Nothing, caller: Caller): Promise<Me> {
    const account = await this.work.beyond('sign-in', (_, sql) => accountView(sql, caller.accountId, caller.postId));
    const post = account?.posts.find((each) => each.current);
    if (!account || !post) throw identityRefusals.sessionEnded({});
    return { account, personId: caller.personId, name: account.name, post };
  }

  @Handles(listMyPermissions)
  permissions(_query: Nothing, caller: Caller): Promise<MyPermissions> {
    const sections = visibleSections(caller.role);
    const issues = (grant: (role: Role) => Parameters<typeof mayIssue>[1]) =>
      roles.filter((role) => role !== 'teacher' && mayIssue(caller, grant(role)));
    return Promise.resolve({
      role: caller.role,
      tier: caller.tier,
      organisation: caller.orgCode,
      permissions: [...permissionsOf(caller.role, caller.tier)],
      visibleSections: sections === 'every' ? undefined : [...sections],
      issuesHere: issues((role) => ({ role, orgPath: caller.orgPath, tier: caller.tier })),
      // every tier but the school has organisations below, and a school is one of the forms they take
      issuesBelow:
        caller.tier === 'school'
          ? []
          : issues((role) => ({ role, orgPath: `${caller.orgPath}0000000000.`, tier: 'school' })),
    });
  }
}

import type { Role } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ActivationPreview, PreviewActivation, previewActivation } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { livePost } from '../account/account-view';
import { OpenSlips } from './open-slips';

@Controller()
export class PreviewActivationHandler {
  constructor(
    private readonly work: Work,
    private readonly slips: OpenSlips,
  ) {}

  /** No more than the slip itself says. */
  @Handles(previewActivation)
  async preview(query: PreviewActivation): Promise<ActivationPreview> {
    const account = await this.slips.accountOf(query.code, previewActivation.name);
    const [at] = await this.work.beyond('activation', (_, sql) =>
      sql<{ name: string; role: Role | null }>(
        `select o.name, (select p.role from post p where p.account_id = $1 and ${livePost}
           order by p.org_path <> $2, p.granted_at limit 1) as role
         from organisation o where o.org_path = $2`,
        [account.id, account.orgPath],
        'activation-preview',
      ),
    );
    return {
      loginName: account.loginName,
      role: at?.role ?? undefined,
      organisation: account.orgCode,
      organisationName: at?.name ?? account.orgCode,
      name: account.name ?? undefined,
      personKnown: account.personId !== undefined && account.personId !== null,
    };
  }
}

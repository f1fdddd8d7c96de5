import { parentPath, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  commonRefusals,
  identityRefusals,
  OrganisationView,
  RenameOrganisation,
  renameOrganisation,
} from '@shidang/contracts';
import { audited, expectVersion, Work } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { recordChange, tellRenamed } from './organisation-change';
import { Organisation } from './organisation.entity';
import { viewOf } from './organisation-view';

@Controller()
export class RenameOrganisationHandler {
  constructor(private readonly work: Work) {}

  /** Its education authority renames an organisation; code and path stay. */
  @Handles(renameOrganisation)
  rename(command: RenameOrganisation, caller: Caller): Promise<OrganisationView> {
    return this.work.as(caller, async (em, sql) => {
      const found = await em.findOne(Organisation, { code: command.code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!found) throw identityRefusals.organisationNotFound({});
      if (parentPath(found.orgPath) !== caller.orgPath) throw commonRefusals.forbidden({});
      expectVersion(String(found.version));
      const formerName = found.name;
      found.rename(command.name);
      await em.flush();
      await recordChange(sql, found, { what: 'renamed', formerName, accountId: caller.accountId });
      await tellRenamed(em, found, caller);
      audited(em, {
        object: `organisation:${found.id}`,
        orgPath: found.orgPath,
        before: formerName,
        after: found.name,
      });
      return (await viewOf(sql, found.code))!;
    });
  }
}

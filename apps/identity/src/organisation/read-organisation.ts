import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { identityRefusals, OrganisationView, ReadOrganisation, readOrganisation } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { viewOf } from './organisation-view';

@Controller()
export class ReadOrganisationHandler {
  constructor(private readonly work: Work) {}

  @Handles(readOrganisation)
  read(query: ReadOrganisation, caller: Caller): Promise<OrganisationView> {
    return this.work.read(caller, async (_, sql) => {
      const found = await viewOf(sql, query.code);
      if (!found) throw identityRefusals.organisationNotFound({});
      return found;
    });
  }
}

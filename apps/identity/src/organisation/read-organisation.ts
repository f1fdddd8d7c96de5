import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { identityRefusals, OrganisationRead, ReadOrganisation, readOrganisation } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { readOf } from './organisation-view';

@Controller()
export class ReadOrganisationHandler {
  constructor(private readonly work: Work) {}

  @Handles(readOrganisation)
  read(query: ReadOrganisation, caller: Caller): Promise<OrganisationRead> {
    return this.work.read(caller, async (_, sql) => {
      const found = await readOf(sql, query.code);
      if (!found) throw identityRefusals.organisationNotFound({});
      return found;
    });
  }
}

import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { FoundOrganisation, foundOrganisation, identityRefusals, OrganisationView } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { recordChange, tellFounded } from './organisation-change';
import { Organisation } from './organisation.entity';
import { viewOf } from './organisation-view';

@Controller()
export class FoundOrganisationHandler {
  constructor(private readonly work: Work) {}

  @Handles(foundOrganisation)
  async found(command: FoundOrganisation, caller: Caller): Promise<OrganisationView> {
    try {
      return await this.work.as(caller, async (em, sql) => {
        const own = await em.findOneOrFail(Organisation, { orgPath: caller.orgPath });
        const founded = own.found(command);
        em.persist(founded);
        await em.flush();
        await recordChange(sql, founded, { what: 'founded', accountId: caller.accountId });
        await tellFounded(em, founded, caller);
        audited(em, { object: `organisation:${founded.id}`, orgPath: founded.orgPath, after: command });
        return (await viewOf(sql, founded.code))!;
      });
    } catch (error) {
      // never reused, not even a closed one's
      if (error instanceof UniqueConstraintViolationException) throw identityRefusals.codeTaken({ code: command.code });
      throw error;
    }
  }
}

import { mayHold, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ActivationSlip, CreateAccount, createAccount, identityRefusals } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { Organisation } from '../organisation/organisation.entity';
import { normaliseName } from '../person/person-name';
import { assertMayIssue, Issuing } from './issuing';
import { chosenLoginName, freeLoginNames } from './login-name';

@Controller()
export class CreateAccountHandler {
  constructor(
    private readonly work: Work,
    private readonly issuing: Issuing,
  ) {}

  @Handles(createAccount)
  create(command: CreateAccount, caller: Caller): Promise<ActivationSlip> {
    return this.work.as(caller, async (em, sql) => {
      const { role, name, expiresAt } = command;
      if (role === 'teacher') throw identityRefusals.teachersAreRegistered({});
      // one at a time per organisation, so that two do not get one log-in name
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const organisation = await em.findOne(
        Organisation,
        { code: command.organisation ?? caller.orgCode },
        { lockMode },
      );
      if (!organisation) throw identityRefusals.organisationNotFound({});
      if (!mayHold(role, organisation.tier)) throw identityRefusals.roleNotAtTier({ role, tier: organisation.tier });
      assertMayIssue(caller, role, organisation);
      const loginName = command.loginName
        ? await chosenLoginName(sql, command.loginName, organisation)
        : ((await freeLoginNames(sql, role, [organisation])).get(organisation.code) ?? '');
      const order = { organisation, role, loginName, name: name && normaliseName(name), expiresAt };
      const [issued] = await this.issuing.issue(em, [order], caller);
      audited(em, { object: `account:${issued!.account.id}`, orgPath: organisation.orgPath, after: { role } });
      return issued!.slip;
    });
  }
}

import { parentPath, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { confirmHeadCount, reportingRefusals, type ConfirmHeadCount, type HeadCountView } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { organisationOf } from '../organisation/measured-organisation';
import { HeadCount } from './head-count.entity';
import { RollHeadCounts } from './roll-head-counts';

@Controller()
export class ConfirmHeadCountHandler {
  constructor(
    private readonly work: Work,
    private readonly rolling: RollHeadCounts,
  ) {}

  @Handles(confirmHeadCount)
  async confirm({ code, declared }: ConfirmHeadCount, caller: Caller): Promise<HeadCountView> {
    const view = await this.work.as(caller, async (em, sql) => {
      const school = await organisationOf(sql, code);
      if (school.tier !== 'school') throw reportingRefusals.notASchool({ code });
      if (parentPath(school.org_path) !== caller.orgPath) throw reportingRefusals.notYoursToConfirm({ code });
      const found = await em.findOne(HeadCount, { schoolCode: code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!found) throw reportingRefusals.nothingDeclared({ code });
      audited(em, {
        object: `organisation:${code}`,
        before: found.confirmed,
        after: declared,
        orgPath: school.org_path,
      });
      found.confirm(declared);
      await em.flush();
      return found.view();
    });
    await this.rolling.soon();
    return view;
  }
}

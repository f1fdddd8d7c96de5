import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  commonRefusals,
  declareHeadCount,
  reportingRefusals,
  type DeclareHeadCount,
  type HeadCountView,
} from '@shidang/contracts';
import { audited, expectVersion, Work } from '@shidang/persistence';
import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { organisationOf } from '../organisation/measured-organisation';
import { HeadCount } from './head-count.entity';
import { RollHeadCounts } from './roll-head-counts';

@Controller()
export class DeclareHeadCountHandler {
  constructor(
    private readonly work: Work,
    private readonly rolling: RollHeadCounts,
  ) {}

  @Handles(declareHeadCount)
  async declare({ code, declared }: DeclareHeadCount, caller: Caller): Promise<HeadCountView> {
    const view = await this.work.as(caller, async (em, sql) => {
      const school = await organisationOf(sql, code);
      if (school.tier !== 'school') throw reportingRefusals.notASchool({ code });
      const found = await em.findOne(HeadCount, { schoolCode: code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      expectVersion(String(found?.version ?? 0));
      audited(em, {
        object: `organisation:${code}`,
        before: found?.declared,
        after: declared,
        orgPath: school.org_path,
      });
      const count = found ?? new HeadCount(school, declared);
      count.declare(declared);
      await em.persist(count).flush().catch(asStale);
      return count.view();
    });
    await this.rolling.soon();
    return view;
  }
}

/** Two first declarations at once: the other one was first. */
function asStale(error: unknown): never {
  throw error instanceof UniqueConstraintViolationException ? commonRefusals.stale({ current: '1' }) : error;
}

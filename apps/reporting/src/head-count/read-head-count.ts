import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { readHeadCount, type HeadCountView, type ReadHeadCount } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { organisationOf } from '../organisation/measured-organisation';
import { HeadCount } from './head-count.entity';

@Controller()
export class ReadHeadCountHandler {
  constructor(private readonly work: Work) {}

  @Handles(readHeadCount)
  read(query: ReadHeadCount, caller: Caller): Promise<HeadCountView> {
    return this.work.read(caller, async (em, sql) => {
      const { tier, code, org_path } = await organisationOf(sql, query.code);
      if (tier === 'school') {
        const found = await em.findOne(HeadCount, { schoolCode: code });
        return found?.view() ?? { code, etag: '0' };
      }
      const [sum] = await sql<{ n: number }>(
        `select n from rollup where org_path = $1 and measure = 'head-count' and category = ''`,
        [org_path],
      );
      return { code, inForce: sum?.n };
    });
  }
}

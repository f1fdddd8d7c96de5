import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { readProgress, reportingRefusals, type OrganisationProgress, type ReadProgress } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { measured, type OrganisationRow } from '../organisation/measured-organisation';
import { progressOf, type Counts } from './organisation-progress';

/** The rows of one organisation by its path. */
export const progressQuery = `select o.code, o.name, o.tier, o.category,
           (select json_object_agg(measure, n) from
             (select measure, sum(n) as n from rollup r where r.org_path = o.org_path group by measure) m) as counts
         from organisation o where o.code = $1`;

@Controller()
export class ReadProgressHandler {
  constructor(private readonly work: Work) {}

  @Handles(readProgress)
  async read({ code }: ReadProgress, caller: Caller): Promise<OrganisationProgress> {
    const asked = { name: 'progress', text: progressQuery, params: [code] };
    const [[found]] = await this.work.look<[OrganisationRow & { counts: Counts | null }]>(caller, asked);
    if (!found) throw reportingRefusals.organisationNotFound({});
    return progressOf(measured(found), found.counts ?? {});
  }
}

import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { listBacklog, reportingRefusals, type Backlog, type ListBacklog } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { measured, organisationOf, type OrganisationRow } from '../organisation/measured-organisation';
import { placesOfActors, placesOfWholes } from './backlog-places';

@Controller()
export class ListBacklogHandler {
  constructor(private readonly work: Work) {}

  /** One organisation out of scope refuses the whole: nobody finds out which of them exist (A3). */
  @Handles(listBacklog)
  list({ organisations, turns, atActors }: ListBacklog, caller: Caller): Promise<Backlog> {
    return this.work.read(caller, async (_, sql) => {
      const asker = measured(await organisationOf(sql, caller.orgCode));
      const found = await sql<OrganisationRow>(
        `select code, name, tier, category, org_path from organisation where code = any($1)`,
        [organisations],
        'backlog-asked',
      );
      if (found.length < organisations.length) throw reportingRefusals.organisationNotFound({});
      const asked = turns.filter((turn) => turn !== 'nobody');
      const paths = found.map(({ org_path }) => org_path);
      const places = atActors
        ? await placesOfActors(sql, paths, asked)
        : await placesOfWholes(sql, organisations, asked);
      return { asker, places };
    });
  }
}

import type { Caller } from '@shidang/access';
import { Handles, ReadyMade } from '@shidang/bus';
import {
  listProgressCounts,
  reportingRefusals,
  type ListProgressCounts,
  type ProgressCounts,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { dayInChina } from '../monthly-report/china-day';
import { countedColumns, countsQuery, mostCounted } from './counts-query';

interface Row {
  of: number;
  /** The items as JSON, without the brackets; nothing when there are too many. */
  items: string | null;
}

const legend = JSON.stringify(countedColumns);

@Controller()
export class ListProgressCountsHandler {
  constructor(private readonly work: Work) {}

  @Handles(listProgressCounts)
  async list({ code, level = 'children' }: ListProgressCounts, caller: Caller): Promise<ReadyMade<ProgressCounts>> {
    const params = [code, dayInChina(new Date()), mostCounted];
    const [[found]] = await this.work.look<[Row]>(caller, {
      name: `counts-${level}`,
      text: countsQuery(level),
      params,
    });
    if (!found) throw reportingRefusals.organisationNotFound({});
    if (found.items === null) throw reportingRefusals.tooManyOrganisations({ most: mostCounted });
    return ReadyMade.of(`{"columns":${legend},"items":[${found.items}]}`);
  }
}

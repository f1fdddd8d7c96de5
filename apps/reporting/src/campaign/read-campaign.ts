import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { readCampaign, type CampaignView, type ReadCampaign } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { organisationOf } from '../organisation/measured-organisation';
import { campaignOf } from './campaign-in-force';

@Controller()
export class ReadCampaignHandler {
  constructor(private readonly work: Work) {}

  @Handles(readCampaign)
  read({ organisation = '' }: ReadCampaign, caller: Caller): Promise<CampaignView> {
    return this.work.read(caller, async (_, sql) => {
      const path = organisation ? (await organisationOf(sql, organisation)).org_path : caller.orgPath;
      return campaignOf(sql, path);
    });
  }
}

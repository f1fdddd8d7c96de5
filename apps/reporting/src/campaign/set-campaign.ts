import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  commonRefusals,
  reportingRefusals,
  setCampaign,
  type CampaignView,
  type SetCampaign,
} from '@shidang/contracts';
import { audited, expectVersion, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { isRealDay } from '../monthly-report/china-day';
import { organisationOf } from '../organisation/measured-organisation';
import { campaignOf } from './campaign-in-force';
import { inOrder } from './campaign-phase';

@Controller()
export class SetCampaignHandler {
  constructor(private readonly work: Work) {}

  /** For the own organisation and so for all below, or an extension for one of them. */
  @Handles(setCampaign)
  set({ organisation, ...dates }: SetCampaign, caller: Caller): Promise<CampaignView> {
    if (!inOrder(dates) || !Object.values(dates).every(isRealDay)) throw reportingRefusals.campaignDates({});
    return this.work.as(caller, async (em, sql) => {
      const code = organisation ?? caller.orgCode;
      const { org_path } = await organisationOf(sql, code);
      const before = await campaignOf(sql, org_path);
      expectVersion(before.etag);
      const changed = await sql(
        `insert into campaign (org_code, org_path, starts_on, due_on, closes_on) values ($1, $2, $3, $4, $5)
         on conflict (org_code) do update set starts_on = excluded.starts_on, due_on = excluded.due_on,
           closes_on = excluded.closes_on, version = campaign.version + 1
         where campaign.version = $6 returning version`,
        [code, org_path, dates.startsOn, dates.dueOn, dates.closesOn, Number(before.etag)],
      );
      // somebody else was first, maybe with the very first dates
      if (changed.length === 0) throw commonRefusals.stale({ current: (await campaignOf(sql, org_path)).etag });
      audited(em, { object: `organisation:${code}`, before, after: dates, orgPath: org_path });
      return campaignOf(sql, org_path);
    });
  }
}

import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { dayForm } from './fields';

export const campaignPhases = ['none', 'before', 'running', 'late', 'closed'] as const;
export type CampaignPhase = (typeof campaignPhases)[number];

/** The dates of the collection that bind an organisation: its own, else those of the nearest authority above. */
export class CampaignView {
  @Matches(organisationCodeForm) organisation!: string;
  /** Who set it; absent when nobody did. */
  @IsOptional() @Matches(organisationCodeForm) setBy?: string;
  @IsIn(campaignPhases) phase!: CampaignPhase;
  @IsOptional() @Matches(dayForm) startsOn?: string;
  @IsOptional() @Matches(dayForm) dueOn?: string;
  /** Last day of the late phase; afterwards writing is refused. */
  @IsOptional() @Matches(dayForm) closesOn?: string;
  @IsString() etag!: string;
}

export class ReadCampaign {
  /** The caller's own organisation if absent. */
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
}

/** An authority sets the dates for itself and below, or extends one organisation below. Needs If-Match. */
export class SetCampaign {
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @Matches(dayForm) startsOn!: string;
  @Matches(dayForm) dueOn!: string;
  @Matches(dayForm) closesOn!: string;
}

export const readCampaign = request('reporting.campaign.read', {
  permission: 'campaign.read',
  effect: 'read',
  request: ReadCampaign,
  reply: CampaignView,
});

export const setCampaign = request('reporting.campaign.set', {
  permission: 'campaign.manage',
  effect: 'write',
  request: SetCampaign,
  reply: CampaignView,
});

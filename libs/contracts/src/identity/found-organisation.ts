import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from './fields';
import { OrganisationView } from './organisation-view';

/** A new organisation directly below the caller's: tier follows from the code, category from 办学类型. */
export class FoundOrganisation {
  @Matches(organisationCodeForm) code!: string;
  @IsString() @Length(2, 100) name!: string;
  /** 办学类型: schools only, and then required. */
  @IsOptional() @Matches(/^\d{3}$/) runningType?: string;
  @IsOptional() @IsString() @MaxLength(8) owner?: string;
  @IsOptional() @IsString() @MaxLength(8) urbanRural?: string;
}

export const foundOrganisation = request('identity.organisation.found', {
  permission: 'organisation.manage',
  effect: 'write',
  request: FoundOrganisation,
  reply: OrganisationView,
});

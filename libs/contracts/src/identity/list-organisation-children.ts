import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { tiers, type Tier } from '@shidang/access';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { organisationCodeForm } from './fields';
import { OrganisationView, schoolCategories, type SchoolCategory } from './organisation-view';

class OrganisationFilter extends PageQuery {
  @IsOptional() @IsIn(tiers) tier?: Tier;
  @IsOptional() @IsIn(schoolCategories) category?: SchoolCategory;
  /** Part of the name, or the beginning of the code. */
  @IsOptional() @IsString() @MaxLength(50) q?: string;
}

/** Directly below, by code. */
export class ListOrganisationChildren extends OrganisationFilter {
  @Matches(organisationCodeForm) code!: string;
}

export class OrganisationPage {
  @ValidateNested({ each: true }) @Type(() => OrganisationView) items!: OrganisationView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listOrganisationChildren = request('identity.organisation.list-children', {
  permission: 'organisation.read',
  effect: 'read',
  request: ListOrganisationChildren,
  reply: OrganisationPage,
});

/** The own organisation and everything below, in the order of the tree. */
export class ListOrganisations extends OrganisationFilter {}

export const listOrganisations = request('identity.organisation.list', {
  permission: 'organisation.read',
  effect: 'read',
  request: ListOrganisations,
  reply: OrganisationPage,
});

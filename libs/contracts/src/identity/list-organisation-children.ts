import { Type } from 'class-transformer';
import { Matches, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { organisationCodeForm } from './fields';
import { OrganisationView } from './organisation-view';

/** Directly below, by code. */
export class ListOrganisationChildren extends PageQuery {
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

import { IsString, Length, Matches } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from './fields';
import { OrganisationView } from './organisation-view';

/** The code is kept; the former name stays in the history. */
export class RenameOrganisation {
  @Matches(organisationCodeForm) code!: string;
  @IsString() @Length(2, 100) name!: string;
}

export const renameOrganisation = request('identity.organisation.rename', {
  permission: 'organisation.manage',
  effect: 'write',
  request: RenameOrganisation,
  reply: OrganisationView,
});

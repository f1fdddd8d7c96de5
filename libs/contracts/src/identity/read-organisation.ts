import { Matches } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from './fields';
import { OrganisationRead } from './organisation-view';

export class ReadOrganisation {
  @Matches(organisationCodeForm) code!: string;
}

export const readOrganisation = request('identity.organisation.read', {
  permission: 'organisation.read',
  effect: 'read',
  request: ReadOrganisation,
  reply: OrganisationRead,
});

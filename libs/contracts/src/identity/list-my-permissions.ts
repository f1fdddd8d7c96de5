import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { permissionNames, roles, tiers, type Permission, type Role, type Tier } from '@shidang/access';
import { request } from '../contract';
import { Nothing } from '../page';
import { organisationCodeForm } from './fields';

/** What the current post may do: drives the user interface; the server decides all the same. */
export class MyPermissions {
  @IsIn(roles) role!: Role;
  @IsIn(tiers) tier!: Tier;
  @Matches(organisationCodeForm) organisation!: string;
  @IsIn(permissionNames, { each: true }) permissions!: Permission[];
  /** Section keys this role reads; absent = every section. */
  @IsOptional() @IsString({ each: true }) visibleSections?: string[];
  /** Roles this caller may issue in the own organisation, and directly below. */
  @IsIn(roles, { each: true }) issuesHere!: Role[];
  @IsIn(roles, { each: true }) issuesBelow!: Role[];
}

export const listMyPermissions = request('identity.permission.list', {
  permission: 'self.session',
  effect: 'read',
  request: Nothing,
  reply: MyPermissions,
});

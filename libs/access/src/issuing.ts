import type { Caller } from './caller';
import { parentPath } from './org-path';
import { allows } from './permission-table';
import { mayHold, type Role } from './role';
import type { Tier } from './tier';

export interface Grant {
  readonly role: Role;
  readonly orgPath: string;
  readonly tier: Tier;
}

/**
 * 工作方案: 逐级分发. Any role in the own organisation, and in the organisations directly below only their system
 * administrators; a grandchild's are its parent's business. The same rule decides whose accounts one sees and manages.
 */
export function mayIssue(caller: Caller, grant: Grant): boolean {
  if (!allows(caller, 'account.issue') || !mayHold(grant.role, grant.tier)) return false;
  if (grant.orgPath === caller.orgPath) return grant.tier === caller.tier;
  return grant.role === 'systemAdministrator' && parentPath(grant.orgPath) === caller.orgPath;
}

import type { Role } from './role';
import type { Tier } from './tier';

/** Who asks, in which post: the content of the token identity signs for one request. */
export interface Caller {
  readonly accountId: string;
  /** The human. "Nobody reviews what they filled in" is by person, not by account. */
  readonly personId: string;
  readonly postId: string;
  readonly role: Role;
  readonly tier: Tier;
  readonly orgPath: string;
  readonly orgCode: string;
  /** Only for role teacher: whose record it is. */
  readonly teacherId?: string;
}

/**
 * Second dimension of scope: `*` is not restricted to one teacher, an id is that teacher, empty is nobody's record.
 * A teacher without an id therefore sees nothing rather than the school; auditors and operators never see a teacher's row.
 */
export function teacherScope(caller: Pick<Caller, 'role' | 'teacherId'>): string {
  if (caller.role === 'teacher') return caller.teacherId ?? '';
  return caller.role === 'auditor' || caller.role === 'operator' ? '' : '*';
}

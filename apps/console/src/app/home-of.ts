import type { Role } from '@shidang/access';

/** Where the work of a role is at hand for who has no page in mind: a teacher's in the phone app, a principal's there on a phone. */
export const homeOf = (role: Role, isPhone: boolean): '/me/' | '/console/' =>
  role === 'teacher' || (role === 'principal' && isPhone) ? '/me/' : '/console/';

/** Small, and touched with fingers. */
export const isPhone = (): boolean => matchMedia('(pointer: coarse) and (max-width: 767px)').matches;

import type { Caller } from '@shidang/access';
import type { Actor } from '@shidang/contracts';

/** Who did it, as facts carry it: person and post, never a name. */
export const actorOf = (caller: Caller): Actor => ({
  accountId: caller.accountId,
  personId: caller.personId,
  role: caller.role,
});

import { mayHoldTogether, type Role } from '@shidang/access';
import { identityRefusals } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

/** 三员分立 */
export function refuseTogether(held: readonly Role[], wanted: Role): void {
  const apart = held.find((each) => !mayHoldTogether(each, wanted));
  if (apart) throw identityRefusals.rolesApart({ held: apart, wanted });
}

/** Until the end of the transaction nobody else gives this human a role: who comes second sees what the first one gave. */
export async function lockPerson(sql: Sql, personId: string): Promise<void> {
  await sql(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`person:${personId}`]);
}

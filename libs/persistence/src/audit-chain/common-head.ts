import type { Sql } from '../sql';
import { beforeAll, headWords, type AuditHead } from './audit-block';
import type { AuditKeys } from './audit-keys';
import type { HeadsOutside } from './outside-heads';
import { headsAfter } from './stored-blocks';

const page = 2_000;

/** In order, without an end of its own. */
async function* ownHeads(sql: Sql): AsyncGenerator<AuditHead> {
  for (let after = 0; ;) {
    const heads = await headsAfter(sql, after, page);
    yield* heads;
    if (heads.length < page) return;
    after = heads.at(-1)!.sequence;
  }
}

export interface Parting {
  common: Pick<AuditHead, 'sequence' | 'hash'>;
  /** The first head known outside that this database has not, or has otherwise. */
  other?: AuditHead;
}

/** How far the chain is the one that was told. Throws when the head it parts from was changed outside. */
export async function commonHead(
  sql: Sql,
  { service, keys, place }: { service: string; keys: AuditKeys; place: HeadsOutside },
): Promise<Parting> {
  const own = ownHeads(sql);
  let common: Parting['common'] = { sequence: 0, hash: beforeAll };
  for await (const other of place.heads) {
    if (other.sequence > place.tip) break;
    const { value } = await own.next();
    if (value?.hash !== other.hash) {
      if (keys.signed(headWords(service, other), other.signature)) return { common, other };
      throw new Error(`head ${other.sequence} is not as this service told it: it was changed in ${place.name}`);
    }
    common = other;
  }
  return { common };
}

import type { Client } from '../client/client';
import type { Lane } from './lane';

/** 应采集人数: a principal declares, the authority confirms what it saw. */
export function declarer(head: Client, authority: Client, school: string): Lane {
  const path = `/organisations/${school}/head-count`;
  let last = 0;
  return {
    name: `declarer-${school}`,
    async step(wish, op) {
      const drawn = wish.between(80, 200);
      // the same number again would be no change
      const declared = drawn === last ? drawn + 1 : drawn;
      const seen = await head.read(path);
      if (!seen?.version) return;
      const known = await head.write(`${op}a`, {
        contract: 'reporting.head-count.declare',
        method: 'PUT',
        path,
        body: { declared },
        ifMatch: seen.version,
        intent: { school, declared, seen: seen.version },
      });
      if (known.outcome !== 'ok') return;
      last = declared;
      await authority.write(`${op}b`, {
        contract: 'reporting.head-count.confirm',
        method: 'POST',
        path: `${path}/confirmation`,
        body: { declared },
        intent: { school, declared },
      });
    },
  };
}

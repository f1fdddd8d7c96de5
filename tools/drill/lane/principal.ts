import type { Client } from '../client/client';
import type { Lane } from './lane';
import { decideOne, waitingCases } from './reviewing';

/** 学校负责人: decides what waits at the school, sends upward what is approved. */
export function principal(client: Client, school: string): Lane {
  return {
    name: `principal-${school}`,
    async step(wish, op) {
      const [upward, verdict, which] = [
        wish.chance(0.3),
        wish.chance(0.85) ? 'approve' : 'return',
        wish.next(),
      ] as const;
      if (upward) {
        await client.write(op, {
          contract: 'review.submission.send-upward',
          method: 'POST',
          path: '/submissions',
          body: {},
          intent: { school },
          made: (body) => ({ receipt: String(body['receipt']), count: Number(body['count']) }),
        });
        return;
      }
      const cases = await waitingCases(client, 'school-review', 20);
      const found = cases[Math.floor(which * cases.length)];
      if (found) await decideOne(client, op, found, verdict);
    },
  };
}

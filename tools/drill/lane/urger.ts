import type { Client } from '../client/client';
import type { Lane } from './lane';
import { markOf } from './training-rows';

/** 督办: the authority urges a school; its principal opens the urging and answers. */
export function urger(sender: Client, head: Client, school: string): Lane {
  return {
    name: `urger-${school}`,
    async step(wish, op) {
      const answers = wish.chance(0.7);
      const words = markOf(op);
      const sent = await sender.write(`${op}a`, {
        contract: 'notifications.urging.send',
        method: 'POST',
        path: '/urgings',
        body: { organisations: [school], audience: 'organisations', words, replyRequired: true },
        intent: { school, mark: words },
        made: (body) => ({ urgingId: String(body['id']) }),
      });
      const urgingId = sent.body['id'];
      if (sent.outcome !== 'ok' || typeof urgingId !== 'string') return;
      await head.write(`${op}b`, {
        contract: 'notifications.urging.acknowledge',
        method: 'POST',
        path: `/urgings/${urgingId}/receipt`,
        body: {},
        intent: { urgingId },
      });
      if (!answers) return;
      const reply = markOf(`${op}c`);
      await head.write(`${op}c`, {
        contract: 'notifications.urging.answer',
        method: 'POST',
        path: `/urgings/${urgingId}/reply`,
        body: { words: reply },
        intent: { urgingId, mark: reply },
      });
    },
  };
}

import type { Client } from '../client/client';
import type { Lane } from './lane';
import { decideOne, waitingCases } from './reviewing';

/** An authority's information administrator: decides singly, or in a batch that is then released or undone. */
export function authority(client: Client, code: string): Lane {
  const batch = async (op: string, undo: boolean, size: number) => {
    const cases = (await waitingCases(client, 'authority-review', 20)).slice(0, size);
    if (cases.length === 0) return;
    const items = cases.map(({ id, contentHash }) => ({ caseId: id, contentHash }));
    const known = await client.write(`${op}a`, {
      contract: 'review.batch.create',
      method: 'POST',
      path: '/review-batches',
      body: { verdict: 'approve', cases: items },
      intent: { cases: cases.length },
      made: (body) => ({ batchId: String(body['id']), count: Number(body['count']) }),
    });
    if (known.outcome !== 'ok' || typeof known.body['id'] !== 'string') return;
    const batchId = known.body['id'];
    const verb = undo ? 'undo' : 'release';
    await client.write(`${op}b`, {
      contract: `review.batch.${verb}`,
      method: 'POST',
      path: `/review-batches/${batchId}/${verb}`,
      body: {},
      intent: { batchId },
      made: (body) => ({ batchId, state: String(body['state']), decided: Number(body['decided']) }),
    });
  };
  return {
    name: `authority-${code}`,
    async step(wish, op) {
      const [many, undo, size, which] = [wish.chance(0.3), wish.chance(0.25), wish.between(1, 4), wish.next()];
      const verdict = wish.chance(0.85) ? 'approve' : 'return';
      if (many) return batch(op, undo, size);
      const cases = await waitingCases(client, 'authority-review', 20);
      const found = cases[Math.floor(which * cases.length)];
      if (found) await decideOne(client, op, found, verdict);
    },
  };
}

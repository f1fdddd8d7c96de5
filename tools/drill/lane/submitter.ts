import type { Client } from '../client/client';
import type { Lane } from './lane';
import { addRow, markOf } from './training-rows';

interface Page {
  readonly items: readonly { readonly id: string; readonly status: string; readonly inReview: boolean }[];
}

/** Where a record may be submitted from; what was returned is marked for one more row of training (see `returning`). */
const statuses = ['complete', 'school-returned', 'authority-returned', 'effective'] as const;

/** An information administrator submits whatever is ready: whole first records, additions to effective ones, mended ones. */
export function submitter(client: Client, school: string): Lane {
  const waiting: string[] = [];
  const tried = new Set<string>();
  let look = 0;

  const next = async (): Promise<string | undefined> => {
    if (waiting.length === 0) {
      const status = statuses[look++ % statuses.length]!;
      const page = await client.read<Page>(`/teachers?status=${status}&limit=100`);
      const ready = (page?.body.items ?? []).filter(({ id, inReview }) => !inReview && !tried.has(id));
      waiting.push(...ready.map(({ id }) => id));
      if (ready.length === 0 && look % statuses.length === 0) tried.clear();
    }
    return waiting.shift();
  };

  return {
    name: `submitter-${school}`,
    async step(wish, op) {
      const teacherId = await next();
      if (!teacherId) return;
      tried.add(teacherId);
      const row = await client.write(`${op}a`, addRow(teacherId, markOf(op), wish));
      if (row.outcome === 'unknown') return;
      await client.write(`${op}b`, {
        contract: 'records.submission.submit',
        method: 'POST',
        path: `/teachers/${teacherId}/submission`,
        body: { declared: true },
        intent: { teacherId },
        made: (body) => ({ submissionId: String(body['submissionId']), contentHash: String(body['contentHash']) }),
      });
    },
  };
}

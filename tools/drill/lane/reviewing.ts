import type { Client, Known } from '../client/client';

export interface WaitingCase {
  readonly id: string;
  readonly teacherId: string;
  readonly submissionId: string;
  readonly stage: string;
  readonly contentHash: string;
  readonly decidable: boolean;
  readonly heldUntil?: string;
  readonly etag: string;
}

/** A return asks for one more row of training, which every record has room for. */
export const returning = [{ section: 'training', reason: 'missing', words: '请补充一条培训记录' }] as const;

/** The oldest cases whose turn it is, held ones left out. */
export async function waitingCases(client: Client, stage: string, limit: number): Promise<WaitingCase[]> {
  const page = await client.read<{ items: WaitingCase[] }>(`/review-cases?turn=mine&state=${stage}&limit=${limit}`);
  return (page?.body.items ?? []).filter(({ decidable, heldUntil }) => decidable && !heldUntil);
}

/** Reads the case as a reviewer does, then decides on what was seen. */
export async function decideOne(
  client: Client,
  op: string,
  of: WaitingCase,
  verdict: 'approve' | 'return',
): Promise<Known | undefined> {
  const seen = await client.read<WaitingCase & { case?: WaitingCase }>(`/review-cases/${of.id}`);
  if (!seen) return undefined;
  const { contentHash } = seen.body.case ?? seen.body;
  return client.write(op, {
    contract: 'review.case.decide',
    method: 'POST',
    path: `/review-cases/${of.id}/decision`,
    body: { verdict, contentHash, ...(verdict === 'return' ? { marks: returning } : {}) },
    ifMatch: seen.version ?? of.etag,
    intent: {
      caseId: of.id,
      submissionId: of.submissionId,
      teacherId: of.teacherId,
      stage: of.stage,
      verdict,
      seen: seen.version ?? of.etag,
    },
    made: (body) => ({ stage: String(body['stage']) }),
  });
}

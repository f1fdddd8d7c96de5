import type { components } from '@shidang/client';
import { answer, api } from '@shidang/web-kit';
import type { CaseSummary } from '@shidang/web-kit/review';
import { useQuery, useQueryClient } from '@tanstack/react-query';

export type Batch = components['schemas']['ReviewBatchView'];
export type Receipt = components['schemas']['SubmissionReceipt'];

const key = ['review'] as const;
const mostShown = 200;

/** What waits for the school's decision, the oldest first; at most 200 at once. */
export const useWaiting = () =>
  useQuery({
    queryKey: [...key, 'waiting'],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/review-cases', {
          params: { query: { turn: 'mine', state: 'school-review', limit: mostShown } },
          signal,
        }),
      ),
  });

/** Approved at the school, not sent upward yet. */
export const useToSend = () =>
  useQuery({
    queryKey: [...key, 'to-send'],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/review-cases', { params: { query: { state: 'school-approved', limit: 1 } }, signal })),
  });

export const useReceipts = () =>
  useQuery({
    queryKey: [...key, 'receipts'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/submissions', { params: { query: { limit: 20 } }, signal })),
  });

/** `ahead`: fetched for the sample, which neither opens nor claims it. */
export const useCase = (caseId: string, ahead = false) =>
  useQuery({
    queryKey: [...key, 'case', caseId, ahead],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/review-cases/{caseId}', {
          params: { path: { caseId }, query: ahead ? { ahead } : {} },
          signal,
        }),
      ),
  });

export function useReviewChanged(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: key });
}

export const approveAll = (cases: readonly CaseSummary[]): Promise<Batch> =>
  answer(
    api.POST('/api/v1/review-batches', {
      body: { verdict: 'approve', cases: cases.map(({ id, contentHash }) => ({ caseId: id, contentHash })) },
    }),
  );

export const undoBatch = (batchId: string): Promise<Batch> =>
  answer(api.POST('/api/v1/review-batches/{batchId}/undo', { params: { path: { batchId } } }));

const lookMilliseconds = 500;

/** What was held counts now, and goes upward with everything else that is approved. */
export async function releaseAndSend(batch: Batch | undefined): Promise<Receipt> {
  if (batch) await release(batch.id);
  return answer(api.POST('/api/v1/submissions', { body: {} }));
}

async function release(batchId: string): Promise<void> {
  const params = { path: { batchId } };
  let now = await answer(api.POST('/api/v1/review-batches/{batchId}/release', { params }));
  while (now.state === 'releasing' || now.state === 'holding') {
    await new Promise((done) => setTimeout(done, lookMilliseconds));
    now = await answer(api.GET('/api/v1/review-batches/{batchId}', { params }));
  }
}

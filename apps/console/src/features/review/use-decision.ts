import { answer, api, RefusedByServer, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { CaseView, MarkedValue } from './review-filter';
import { caseKey, type Outcome, type Queue } from './use-queue';
import { words } from './words';

export interface Decided {
  readonly of: CaseView;
  readonly verdict: Outcome;
  readonly marks?: readonly MarkedValue[];
}

/** A decision that was not taken, with whom it was about: he is looked at again. */
export interface Failed {
  readonly caseId: string;
  readonly name: string;
  readonly error: unknown;
}

/** The server no longer has what was decided on: somebody else decided it, it was mended or withdrawn. */
export const isStale = (error: unknown): boolean =>
  error instanceof RefusedByServer && (error.problem.status === 409 || error.problem.status === 412);

const nameOf = (of: CaseView): string => of.teacherName ?? of.submission.teacher.name;

/**
 * Takes decisions while the reviewer goes on with the next: each is bound to what he saw (hash and version), so that one which comes too late is refused
 * and shown, never taken on other content. `taken`: the server has it.
 */
export function useDecision(queue: Queue, taken: (caseId: string) => void) {
  const t = useWords(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const forget = (caseId: string) => setFailed((now) => now.filter((each) => each.caseId !== caseId));
  const mutation = useMutation({
    mutationFn: ({ of, verdict, marks }: Decided) =>
      answer(
        api.POST('/api/v1/review-cases/{caseId}/decision', {
          params: { path: { caseId: of.id }, header: { 'If-Match': `"${of.etag}"` } },
          body: { verdict, contentHash: of.contentHash, ...(marks?.length ? { marks: [...marks] } : {}) },
        }),
      ),
    onMutate: ({ of, verdict }) => {
      forget(of.id);
      queue.settle(of.id, verdict);
    },
    onError: (error, { of }) => {
      queue.settle(of.id, undefined);
      setFailed((now) => [...now, { caseId: of.id, name: nameOf(of), error }]);
      void queries.invalidateQueries({ queryKey: caseKey(of.id) });
    },
    onSuccess: (_, { of, verdict }) => {
      taken(of.id);
      void message.success(t(`taken_${verdict}`, { name: nameOf(of) }));
      void queries.invalidateQueries({ queryKey: caseKey(of.id), refetchType: 'none' });
      void queries.invalidateQueries({ queryKey: ['review', 'groups'] });
      void queries.invalidateQueries({ queryKey: ['review', 'to-send'] });
    },
  });
  return { decide: mutation.mutate, failed, forget };
}

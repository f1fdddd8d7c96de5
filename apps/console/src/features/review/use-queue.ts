import { answer, api } from '@shidang/web-kit';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { CaseFilter, CaseSummary, CaseView } from './review-filter';

const pageSize = 50;

export const queueKey = (filter: CaseFilter) => ['review', 'queue', filter] as const;
export const caseKey = (caseId: string) => ['review', 'case', caseId] as const;

const aheadKey = (caseId: string) => [...caseKey(caseId), 'ahead'] as const;

const fetchCase = (caseId: string, query: { ahead?: boolean } = {}) =>
  answer(api.GET('/api/v1/review-cases/{caseId}', { params: { path: { caseId }, query } }));

export type Outcome = 'approve' | 'return';

/**
 * The cases one works through, oldest first, loaded a page at a time as one goes on. What was decided stays in its place, marked, until the list is
 * read again: nothing moves under the eyes of who reads.
 */
export function useQueue(filter: CaseFilter, wanted: string | undefined) {
  const queries = useQueryClient();
  const [decided, setDecided] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const query = useInfiniteQuery({
    queryKey: queueKey(filter),
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/review-cases', {
          params: { query: { ...filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ page }) => page.next,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    // what was decided here is known only while the page is open: whoever comes back reads the list anew
    gcTime: 0,
  });
  const total = query.data?.pages[0]?.page.total ?? 0;
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const open = wanted ?? items[0]?.id;
  const at = items.findIndex(({ id }) => id === open);
  const waits = useCallback((item: CaseSummary) => !decided.has(item.id), [decided]);

  const neighbour = (step: 1 | -1): CaseSummary | undefined => items[at + step];
  /** The next that still waits for a decision, after this one or, at the end, before it. */
  const nextWaiting = (): CaseSummary | undefined =>
    items.slice(at + 1).find(waits) ?? items.slice(0, Math.max(at, 0)).find(waits);
  const ahead = nextWaiting()?.id;

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const nearEnd = at >= 0 && items.length - at < 10;
  if (nearEnd && hasNextPage && !isFetchingNextPage) queueMicrotask(() => void fetchNextPage());

  return {
    query,
    items,
    open,
    decided,
    total,
    /** Of all that matched when the list was read, those nobody has decided here since. */
    waiting: total - items.filter((item) => !waits(item)).length,
    neighbour,
    nextWaiting,
    ahead,
    settle: (caseId: string, outcome: Outcome | undefined) =>
      setDecided((now) => {
        const next = new Map(now);
        if (outcome) next.set(caseId, outcome);
        else next.delete(caseId);
        return next;
      }),
    readAgain: async () => {
      setDecided(new Map());
      await queries.resetQueries({ queryKey: ['review', 'queue'] });
      await queries.invalidateQueries({ queryKey: ['review', 'groups'] });
    },
  };
}

export type Queue = ReturnType<typeof useQueue>;

/** The open case, and the next one fetched ahead, so that going on takes no time; it is opened only when it is shown. */
export function useOpenCase(open: string | undefined, ahead: string | undefined) {
  const queries = useQueryClient();
  const current = useQuery({
    queryKey: caseKey(open ?? ''),
    queryFn: () => fetchCase(open!),
    placeholderData: () => queries.getQueryData<CaseView>(aheadKey(open ?? '')),
    enabled: open !== undefined,
    staleTime: 30_000,
  });
  useQuery({
    queryKey: aheadKey(ahead ?? ''),
    queryFn: () => fetchCase(ahead!, { ahead: true }),
    enabled: ahead !== undefined && current.isSuccess && !current.isPlaceholderData,
    staleTime: 30_000,
  });
  return current;
}

import type { SectionKey } from '@shidang/catalogue';
import { answer, RefusedByServer, type components } from '@shidang/client';
import { keepPreviousData, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { api } from '../api/api';

export type TeacherView = components['schemas']['TeacherView'];
export type SectionView = components['schemas']['SectionView'];
export type EntryView = components['schemas']['EntryView'];
export type Completeness = components['schemas']['Completeness'];
export type HistoryItem = components['schemas']['HistoryItem'];
export type TeacherMarks = components['schemas']['TeacherMarks'];
export type MarkedValue = components['schemas']['MarkedValue'];
export type ChangeRequestView = components['schemas']['ChangeRequestView'];
export type CorrectionView = components['schemas']['CorrectionView'];

const record = (teacherId: string) => ['record', teacherId] as const;

/** Milliseconds between looks at a record under review: a withdrawal and a decision reach it by an event, a moment later. */
const lookMilliseconds = 3_000;

const teacherQuery = (teacherId: string) => ({
  queryKey: [...record(teacherId), 'teacher'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    answer(api.GET('/api/v1/teachers/{teacherId}', { params: { path: { teacherId } }, signal })),
});

/** Milliseconds between looks at a record that was just withdrawn, and looks until one gives up: half a minute. */
const unlockingMilliseconds = 500;
const unlockingLooks = 60;

/** Asks until the record has heard of its withdrawal. */
export async function untilUnlocked(queries: QueryClient, teacherId: string): Promise<void> {
  for (let looks = 0; looks < unlockingLooks; looks += 1) {
    const { inReview } = await queries.fetchQuery({ ...teacherQuery(teacherId), staleTime: 0 });
    if (!inReview) return;
    await new Promise((done) => setTimeout(done, unlockingMilliseconds));
  }
}

/** A record that moves on meanwhile takes everything shown of it along. */
export function useTeacher(teacherId: string) {
  const queries = useQueryClient();
  const query = useQuery({
    ...teacherQuery(teacherId),
    refetchInterval: ({ state }) => (state.data?.inReview ? lookMilliseconds : false),
  });
  const standing = query.data && `${query.data.status} ${query.data.inReview}`;
  const before = useRef(standing);
  useEffect(() => {
    if (before.current !== undefined && before.current !== standing)
      void queries.invalidateQueries({
        queryKey: record(teacherId),
        predicate: ({ queryKey }) => queryKey[2] !== 'teacher',
      });
    before.current = standing;
  }, [queries, teacherId, standing]);
  return query;
}

export const useCompleteness = (teacherId: string, enabled = true) =>
  useQuery({
    queryKey: [...record(teacherId), 'completeness'],
    enabled,
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/teachers/{teacherId}/completeness', { params: { path: { teacherId } }, signal })),
  });

/** One section, as it is worked on or as it was effective at a moment. */
export const fetchSection = (teacherId: string, section: SectionKey, asOf?: string, signal?: AbortSignal) =>
  answer(
    api.GET('/api/v1/teachers/{teacherId}/sections/{section}', {
      params: { path: { teacherId, section }, query: asOf ? { asOf } : {} },
      ...(signal && { signal }),
    }),
  );

/** For whoever fetches it ahead too. */
export const sectionQuery = (teacherId: string, section: SectionKey, asOf?: string) => ({
  queryKey: [...record(teacherId), 'section', section, asOf ?? ''],
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchSection(teacherId, section, asOf, signal),
});

export const useSection = (teacherId: string, section: SectionKey, asOf?: string) =>
  useQuery(sectionQuery(teacherId, section, asOf));

/** The reviewer's words beside the values to mend; none where nothing was ever submitted. */
export const useMarks = (teacherId: string, enabled: boolean) =>
  useQuery({
    queryKey: [...record(teacherId), 'marks'],
    enabled,
    queryFn: async ({ signal }): Promise<TeacherMarks | null> => {
      try {
        return await answer(
          api.GET('/api/v1/teachers/{teacherId}/review-marks', { params: { path: { teacherId } }, signal }),
        );
      } catch (error) {
        if (error instanceof RefusedByServer && error.problem.status === 404) return null;
        throw error;
      }
    },
  });

export interface HistoryFilter {
  readonly section?: string;
  readonly entryId?: string;
  readonly indicator?: string;
  readonly cursor?: string;
}

export const useHistory = (teacherId: string, filter: HistoryFilter) =>
  useQuery({
    queryKey: [...record(teacherId), 'history', filter],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/teachers/{teacherId}/history', {
          params: { path: { teacherId }, query: { ...filter, limit: 50 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const useViewers = (teacherId: string, cursor?: string) =>
  useQuery({
    queryKey: [...record(teacherId), 'viewers', cursor ?? ''],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/teachers/{teacherId}/viewers', {
          params: { path: { teacherId }, query: { limit: 50, ...(cursor && { cursor }) } },
          signal,
        }),
      ),
  });

export const useChangeRequests = (teacherId: string, cursor?: string) =>
  useQuery({
    queryKey: [...record(teacherId), 'changes', cursor ?? ''],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/change-requests', {
          params: { query: { teacherId, limit: 100, ...(cursor && { cursor }) } },
          signal,
        }),
      ),
  });

export interface CorrectionFilter {
  readonly teacherId?: string;
  readonly state?: CorrectionView['state'];
  readonly cursor?: string;
  readonly limit?: number;
}

/** What teachers ask their school to correct, the newest first. */
export const useCorrections = (filter: CorrectionFilter) =>
  useQuery({
    queryKey: [...record(filter.teacherId ?? ''), 'corrections', filter],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/corrections', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });

/** Everything shown of one record is asked anew, and the lists it stands in. */
export function useRecordChanged(teacherId: string): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({ queryKey: record(teacherId) });
    void queries.invalidateQueries({ queryKey: ['teachers'] });
    void queries.invalidateQueries({ queryKey: record('') });
  }, [queries, teacherId]);
}

/** What was just written is what the next page begins with, before it is asked anew. */
export function useRowKnown(teacherId: string, section: SectionKey): (entry: EntryView) => void {
  const queries = useQueryClient();
  return useCallback(
    (entry) => {
      queries.setQueryData<SectionView>(
        sectionQuery(teacherId, section).queryKey,
        (now) =>
          now && { ...now, entries: now.entries.map((each) => (each.id === entry.id ? { ...each, ...entry } : each)) },
      );
    },
    [queries, teacherId, section],
  );
}

/** What was just submitted is in review, before it is asked anew. */
export function useRecordLocked(teacherId: string): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    queries.setQueryData<TeacherView>(
      [...record(teacherId), 'teacher'],
      (now) => now && { ...now, status: now.effectiveVersion === 0 ? 'complete' : now.status, inReview: true },
    );
  }, [queries, teacherId]);
}

export const addRow = (teacherId: string, section: SectionKey, values: Record<string, unknown>) =>
  answer(
    api.POST('/api/v1/teachers/{teacherId}/sections/{section}/entries', {
      params: { path: { teacherId, section } },
      body: { values },
    }),
  );

/** 与去年一致: on exactly what was read. */
export const confirmSection = (teacherId: string, section: SectionKey, contentTag: string) =>
  answer(
    api.POST('/api/v1/teachers/{teacherId}/sections/{section}/confirmation', {
      params: { path: { teacherId, section } },
      body: { contentTag },
    }),
  );

export const patchRow = (
  at: { teacherId: string; section: SectionKey; entryId: string; etag: string },
  values: Record<string, unknown>,
) =>
  answer(
    api.PATCH('/api/v1/teachers/{teacherId}/sections/{section}/entries/{entryId}', {
      params: { path: at, header: { 'If-Match': at.etag } },
      body: { values },
    }),
  );

export const removeRow = (at: { teacherId: string; section: SectionKey; entryId: string; etag: string }) =>
  answer(
    api.DELETE('/api/v1/teachers/{teacherId}/sections/{section}/entries/{entryId}', {
      params: { path: at, header: { 'If-Match': at.etag } },
    }),
  );

export const unmask = (teacherId: string, body: { entryId?: string; indicator: string; reason: string }) =>
  answer(api.POST('/api/v1/teachers/{teacherId}/unmaskings', { params: { path: { teacherId } }, body }));

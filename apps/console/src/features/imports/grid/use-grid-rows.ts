import { answer, api } from '@shidang/web-kit';
import { useInfiniteQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { components } from '@shidang/client';
import type { GridRow } from './grid-model';

type RowPage = components['schemas']['ImportRowPage'];
export type WhichRows = 'errors' | 'all';

const rowsAtOnce = 200;
const rowsKey = (importId: string) => ['imports', 'rows', importId] as const;

/** Rows of one sheet, page after page as they are asked for. */
export const useGridRows = (importId: string, sheet: string | undefined, which: WhichRows) =>
  useInfiniteQuery({
    queryKey: [...rowsKey(importId), sheet, which],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/imports/{importId}/rows', {
          params: { path: { importId }, query: { sheet: sheet!, with: which, limit: rowsAtOnce, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: RowPage) => last.page.next,
    enabled: sheet !== undefined,
    staleTime: Infinity,
  });

/** Rows as a change left them take the place of those that are shown; none goes from under the hand that mended it. */
export function showRows(queries: QueryClient, importId: string, rows: readonly GridRow[]): void {
  const fresh = new Map(rows.map((each) => [`${each.sheet}/${each.row}`, each]));
  queries.setQueriesData<InfiniteData<RowPage>>({ queryKey: rowsKey(importId) }, (data) =>
    data
      ? {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((each) => fresh.get(`${each.sheet}/${each.row}`) ?? each),
          })),
        }
      : data,
  );
}

/** The next look at a sheet reads it anew: a change may have touched other rows of the same person. */
export const forgetHiddenRows = (queries: QueryClient, importId: string): void =>
  queries.removeQueries({ queryKey: rowsKey(importId), type: 'inactive' });

import { answer, api, jobKey } from '@shidang/web-kit';
import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { ImportView } from './upload';

const busyStates: ReadonlySet<ImportView['state']> = new Set([
  'uploading',
  'uploaded',
  'checking',
  'committing',
  'undoing',
]);

/** The worker is at it: nothing can be done but wait. */
export const isBusy = ({ state }: Pick<ImportView, 'state'>): boolean => busyStates.has(state) && state !== 'uploading';

export const importKey = (importId: string) => ['imports', 'one', importId] as const;

export const fetchImport = (importId: string): Promise<ImportView> =>
  answer(api.GET('/api/v1/imports/{importId}', { params: { path: { importId } } }));

export const useImport = (importId: string) =>
  useQuery({ queryKey: importKey(importId), queryFn: () => fetchImport(importId) });

/** What the server answers to an order it goes on with: the import as it stands, its job looked at anew. */
export function ordered(queries: QueryClient, view: ImportView): void {
  queries.removeQueries({ queryKey: jobKey(view.id) });
  queries.setQueryData(importKey(view.id), view);
  void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
}

import { answer, api } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
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

/** An import, looked at again and again while the worker is at it. */
export const useImport = (importId: string) =>
  useQuery({
    queryKey: importKey(importId),
    queryFn: () => fetchImport(importId),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? 400 : false),
  });

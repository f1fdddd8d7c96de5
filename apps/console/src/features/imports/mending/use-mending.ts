import { answer, api, pause, RefusedByServer } from '@shidang/web-kit';
import { useQueryClient } from '@tanstack/react-query';
import type { components } from '@shidang/client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { forgetHiddenRows, showRows } from '../grid/use-grid-rows';
import { fetchImport, importKey } from '../import-state';
import type { ImportView } from '../upload';
import { keepEdits, keptEdits } from './kept-edits';
import { MendLine, type CellEdit, type LineState, type Mended } from './mend-line';

type ImportMended = components['schemas']['ImportMended'];
export type Replacement = components['schemas']['ReplaceInImport'];

export interface Mending {
  readonly state: LineState;
  readonly edit: (cells: readonly CellEdit[]) => void;
  readonly undo: () => Promise<void>;
  readonly replace: (replacement: Replacement) => Promise<number>;
  /** Resolves when everything typed is on the server. */
  readonly idle: () => Promise<void>;
  readonly retry: () => void;
}

const isStale = (failure: unknown): boolean => failure instanceof RefusedByServer && failure.problem.status === 412;

const isLater = (failure: unknown): boolean =>
  failure instanceof TypeError ||
  (failure instanceof RefusedByServer && [429, 502, 503, 504].includes(failure.problem.status));

/** What is typed waits for the server for as long as the page is open; a cell that is set twice to the same is set once. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (failure) {
      if (!isLater(failure)) throw failure;
      await pause(3_000, new AbortController().signal);
    }
  }
}

/** Changes of one import on their way to the server; see `MendLine`. */
export function useMending(view: ImportView): Mending {
  const queries = useQueryClient();
  const { id: importId } = view;
  // where the line begins; it learns later versions by itself
  const [first] = useState(view.etag);
  const line = useMemo(() => {
    const path = { importId };
    const version = (etag: string) => ({ path, header: { 'If-Match': `"${etag}"` } });
    const mended = (it: ImportMended) => {
      queries.setQueryData<ImportView>(importKey(importId), (before) =>
        before ? { ...before, counts: it.counts, etag: it.etag, undoable: it.undoable } : before,
      );
      showRows(queries, importId, it.rows);
      forgetHiddenRows(queries, importId);
      void queries.invalidateQueries({ queryKey: ['imports', 'sheets', importId] });
      void queries.invalidateQueries({ queryKey: ['imports', 'causes', importId] });
    };
    const made = new MendLine<ImportMended>(
      first,
      {
        sendCells: async (cells, etag) =>
          wrapped(
            await patiently(() =>
              answer(
                api.PATCH('/api/v1/imports/{importId}/cells', {
                  params: version(etag),
                  body: { cells: cells.map(({ sheet, row, column, value }) => ({ sheet, row, column, value })) },
                }),
              ),
            ),
          ),
        currentVersion: async () => (await fetchImport(importId)).etag,
        mended: ({ rows: it }) => mended(it),
        isStale,
        keep: (edits) => keepEdits(importId, edits),
      },
      keptEdits(importId),
    );
    const undo = () =>
      made.ask(async (etag) =>
        wrapped(await answer(api.POST('/api/v1/imports/{importId}/cells/undo', { params: version(etag) }))),
      );
    const replace = async (body: Replacement) => {
      let changed = 0;
      await made.ask(async (etag) => {
        const it = await answer(api.POST('/api/v1/imports/{importId}/replacements', { params: version(etag), body }));
        changed = it.changed;
        return wrapped(it);
      });
      return changed;
    };
    return { made, undo, replace };
  }, [importId, queries, first]);
  const state = useSyncExternalStore(line.made.subscribe, line.made.snapshot);
  const isUnsaved = state.unsaved.size > 0;
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
  return useMemo(
    () => ({
      state,
      edit: (cells) => line.made.edit(cells),
      undo: () => (line.made.dropLast() ? Promise.resolve() : line.undo()),
      replace: line.replace,
      idle: () => line.made.idle(),
      retry: () => line.made.retry(),
    }),
    [state, line],
  );
}

const wrapped = (it: ImportMended): Mended<ImportMended> => ({ etag: it.etag, rows: it });

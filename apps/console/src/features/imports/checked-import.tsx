import { answer, api, download, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { ImportFigures } from './import-figures';
import { ordered } from './import-state';
import { MatchStep } from './matching/match-step';
import { useMending } from './mending/use-mending';
import { MendPanel } from './mend-panel';
import { SaveState } from './save-state';
import type { ImportView } from './upload';
import { words } from './words';

export const annotatedPath = (importId: string): string => `/api/v1/imports/${importId}/annotated.xlsx`;

/** A checked workbook of one's own: figures, findings, and the button that imports. */
export function CheckedImport({ view }: { readonly view: ImportView }) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const mending = useMending(view);
  const { id: importId, counts } = view;
  const committing = useMutation({
    mutationFn: async () => {
      await mending.idle();
      return answer(api.POST('/api/v1/imports/{importId}/commit', { params: { path: { importId } } }));
    },
    onSuccess: (next) => ordered(queries, next),
  });
  const fetching = useMutation({
    mutationFn: async () => {
      await mending.idle();
      return download(annotatedPath(importId), view.fileName);
    },
  });
  const undoing = useMutation({ mutationFn: () => mending.undo() });
  const undo = () => {
    if (view.undoable === 0 && mending.state.unsaved.size === 0) return;
    if (!undoing.isPending) undoing.mutate();
  };
  const [isMatching, setIsMatching] = useState(false);
  if (!counts) return null;
  if (isMatching) return <MatchStep view={view} onLeave={() => setIsMatching(false)} />;
  const good = counts.rows - counts.bad;
  const hasFindings = counts.findings > 0;
  const verdict = !hasFindings
    ? good > 0 && counts.added + counts.changed === 0
      ? t('nothingNew')
      : t('allGood')
    : good === 0
      ? t('allBad')
      : counts.bad > 0
        ? t('someBad', { bad: counts.bad })
        : t('onlyNotices', { count: counts.findings });
  const isTouched = view.undoable > 0 || mending.state.unsaved.size > 0 || mending.state.savedAt !== undefined;
  return (
    <>
      <div className="imports-bar">
        <Alert
          type={counts.bad > 0 ? 'warning' : 'success'}
          showIcon
          title={verdict}
          className="imports-grow"
          role="status"
        />
        <SaveState mending={mending} />
        <Space>
          {isTouched && (
            <Button
              onClick={undo}
              loading={undoing.isPending}
              disabled={view.undoable + mending.state.unsaved.size === 0}
            >
              {t('undoChangeCount', { count: view.undoable + mending.state.unsaved.size })}
            </Button>
          )}
          {hasFindings && (
            <Button onClick={() => fetching.mutate()} loading={fetching.isPending}>
              {t('annotated')}
            </Button>
          )}
          <Button
            type="primary"
            size="large"
            disabled={good === 0}
            loading={committing.isPending}
            onClick={() => committing.mutate()}
          >
            {good === 0 ? t('commitNothing') : t('commit', { count: good })}
          </Button>
        </Space>
      </div>
      <Problem error={committing.error ?? fetching.error ?? undoing.error} />
      <ImportFigures counts={counts} ignored={view.ignored} />
      {!isTouched && (
        <Button type="link" size="small" onClick={() => setIsMatching(true)}>
          {t('rematch')}
        </Button>
      )}
      {(hasFindings || isTouched) && (
        <MendPanel
          view={view}
          mending={mending}
          onUndo={() => {
            undo();
            void message.destroy();
          }}
        />
      )}
    </>
  );
}

import { answer, api, download, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, App, Button, Space } from 'antd';
import { Problem } from '../../app/problem';
import { CausesTable } from './causes-table';
import { annotatedPath } from './checked-import';
import { ImportFigures } from './import-figures';
import { ordered } from './import-state';
import type { ImportView } from './upload';
import { words } from './words';

/** An import that was written: what it came to, what stayed out, and the way back. */
export function CommittedImport({ view }: { readonly view: ImportView }) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { modal } = App.useApp();
  const { id: importId, counts, failure } = view;
  const fetching = useMutation({ mutationFn: () => download(annotatedPath(importId), view.fileName) });
  const undoing = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/imports/{importId}/undo', { params: { path: { importId } } })),
    onSuccess: (next) => ordered(queries, next),
  });
  if (!counts) return null;
  const { added, changed, bad } = counts;
  const ask = () =>
    void modal.confirm({
      title: t('undoAsk', { name: view.fileName }),
      content: t('undoWhat', { added, changed }),
      okText: t('undo'),
      okButtonProps: { danger: true },
      onOk: () => undoing.mutateAsync().catch(() => undefined),
    });
  return (
    <>
      <Alert
        type={bad > 0 ? 'warning' : 'success'}
        showIcon
        role="status"
        title={t('committedTitle', { people: counts.teachersTouched ?? counts.teachers, added, changed })}
        description={bad > 0 ? t('keptOut', { bad }) : undefined}
        action={
          <Space>
            {bad > 0 && view.isOwn && view.hasFile && (
              <Button onClick={() => fetching.mutate()} loading={fetching.isPending}>
                {t('annotated')}
              </Button>
            )}
            {view.isOwn && added + changed > 0 && (
              <Button danger onClick={ask} loading={undoing.isPending}>
                {t('undo')}
              </Button>
            )}
          </Space>
        }
      />
      <Problem error={undoing.error ?? fetching.error} />
      {failure && <Alert type="error" showIcon title={failure.detail} />}
      <ImportFigures counts={counts} ignored={view.ignored} />
      <p>
        <Link to={'/teachers' as never}>{t('toTeachers')}</Link>
      </p>
      {counts.findings > 0 && <CausesTable importId={importId} />}
    </>
  );
}

/** An import that was taken back. */
export function UndoneImport({ view }: { readonly view: ImportView }) {
  const t = useWords(words);
  const { undone } = view;
  if (!undone) return null;
  const { removed, restored, kept, teachersUndone } = undone;
  return (
    <Alert
      type="info"
      showIcon
      role="status"
      title={t('undoneTitle', { removed, restored, people: teachersUndone })}
      description={kept > 0 ? t('undoneKept', { kept }) : undefined}
    />
  );
}

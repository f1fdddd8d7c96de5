import { useLanguage, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Alert, Steps } from 'antd';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { usePathParameter } from '../../app/url-state';
import { CausesTable } from './causes-table';
import { CheckedImport } from './checked-import';
import { CommittedImport, UndoneImport } from './ended-import';
import { ImportFigures } from './import-figures';
import { ImportProgress } from './import-progress';
import { isBusy, useImport } from './import-state';
import './imports.css';
import { MatchStep } from './matching/match-step';
import { StateTag } from './state-tag';
import { UploadCard } from './upload-card';
import type { ImportView } from './upload';
import { words } from './words';

const stepOf: Readonly<Record<ImportView['state'], number>> = {
  uploading: 1,
  failed: 1,
  uploaded: 2,
  checking: 2,
  matching: 2,
  checked: 2,
  committing: 3,
  committed: 3,
  undoing: 3,
  undone: 3,
};

/** One import, wherever it stands: leaving and coming back changes nothing. */
export function ImportPage() {
  const t = useWords(words);
  const importId = usePathParameter('importId');
  const { data: view, error, refetch } = useImport(importId);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!view) return <Loading />;
  return (
    <>
      <div className="imports-head">
        <h1>{view.fileName}</h1>
        <StateTag state={view.state} />
        <span className="imports-grow" />
        <Link to={'/imports' as never}>{t('toImports')}</Link>
      </div>
      <Steps
        size="small"
        current={stepOf[view.state]}
        status={view.state === 'failed' ? 'error' : view.state === 'committed' ? 'finish' : 'process'}
        items={[t('stepTemplate'), t('stepUpload'), t('stepMend'), t('stepCommit')].map((title) => ({ title }))}
        className="imports-progress"
      />
      <Content view={view} />
    </>
  );
}

function Content({ view }: { readonly view: ImportView }) {
  const t = useWords(words);
  const language = useLanguage();
  if (isBusy(view)) return <ImportProgress importId={view.id} />;
  if (view.state === 'matching' && view.isOwn) return <MatchStep view={view} />;
  if (view.state === 'checked' && view.isOwn) return <CheckedImport key={view.id} view={view} />;
  if (view.state === 'committed') return <CommittedImport view={view} />;
  if (view.state === 'undone') return <UndoneImport view={view} />;
  if (view.state === 'matching') return <Alert type="info" showIcon title={t('matchingOfOthers')} />;
  if (view.state === 'checked') {
    return (
      <>
        <Alert type="info" showIcon title={t('notYours')} />
        {view.counts && <ImportFigures counts={view.counts} ignored={view.ignored} />}
        <CausesTable importId={view.id} />
      </>
    );
  }
  const { failure } = view;
  return (
    <>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={failure ? (language === 'en' ? failure.detailEn : failure.detail) : t(`state_${view.state}`)}
      />
      <UploadCard />
    </>
  );
}

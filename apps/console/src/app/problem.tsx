import { RefusedByServer, useWords } from '@shidang/web-kit';
import { Alert, Button } from 'antd';
import { words } from './words';

interface ProblemProps {
  /** What a call threw; nothing is drawn for null and undefined. */
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What went wrong in the server's words, each finding with its place, and what one can do. */
export function Problem({ error, retry }: ProblemProps) {
  const t = useWords(words);
  if (error == null) return null;
  const problem = error instanceof RefusedByServer ? error.problem : undefined;
  const after = error instanceof RefusedByServer ? error.retryAfter : undefined;
  const details = [
    ...(problem?.errors ?? []).map(({ field, detail }) => (field ? `${field}: ${detail}` : detail)),
    ...(after ? [t('retryIn', { count: after })] : []),
    ...(problem && problem.status >= 500 ? [t('trace', { trace: problem.traceId })] : []),
  ];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={problem?.detail ?? (error instanceof Error ? error.message : t('failed'))}
      description={details.length === 0 ? undefined : details.map((line) => <div key={line}>{line}</div>)}
      action={retry && <Button onClick={retry}>{t('tryAgain')}</Button>}
    />
  );
}

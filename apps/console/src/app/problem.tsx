import { toldProblem, useWords } from '@shidang/web-kit';
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
  const { title, details } = toldProblem(error, t);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={details.length === 0 ? undefined : details.map((line) => <div key={line}>{line}</div>)}
      action={retry && <Button onClick={retry}>{t('tryAgain')}</Button>}
    />
  );
}

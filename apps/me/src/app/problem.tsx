import { toldProblem, useWords } from '@shidang/web-kit';
import { words } from './words';

interface ProblemProps {
  /** What a call threw; nothing is drawn for null and undefined. */
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What went wrong in the server's words, and what one can do. */
export function Problem({ error, retry }: ProblemProps) {
  const t = useWords(words);
  if (error == null) return null;
  const { title, details } = toldProblem(error, t);
  return (
    <div className="note note-error" role="alert">
      <strong>{title}</strong>
      {details.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {retry && (
        <button className="button button-quiet" onClick={retry}>
          {t('tryAgain')}
        </button>
      )}
    </div>
  );
}

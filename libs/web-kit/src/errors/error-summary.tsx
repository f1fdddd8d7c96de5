import { useEffect, useRef } from 'react';
import { defineWords, useWords } from '../words/define-words';

const words = defineWords('errors', {
  heading: ['有 {{count}} 处需要修改', '{{count}} things to mend', '1 thing to mend'],
});

export interface FieldError {
  /** Id of the input; the link of the summary moves the focus there. */
  readonly field: string;
  readonly label: string;
  /** How to mend it, in the words that also stand at the field. */
  readonly message: string;
}

interface ErrorSummaryProps {
  readonly errors: readonly FieldError[];
  /** Counts attempts: each failed attempt moves the focus here again. */
  readonly attempt: number;
}

/** On top of a form after a failed attempt: takes the focus, names every field, leads to it. */
export function ErrorSummary({ errors, attempt }: ErrorSummaryProps) {
  const t = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  const shown = errors.length > 0;
  useEffect(() => {
    if (shown && attempt > 0) box.current?.focus();
  }, [attempt, shown]);
  if (!shown) return null;
  return (
    <div className="sd-error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{t('heading', { count: errors.length })}</h2>
      <ul>
        {errors.map(({ field, label, message }) => (
          <li key={`${field} ${message}`}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {label}
            </a>
            {' · '}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

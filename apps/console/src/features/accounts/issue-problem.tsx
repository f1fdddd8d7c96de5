import { RefusedByServer, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { Problem } from '../../app/problem';
import { words } from './words';

interface IssueProblemProps {
  readonly error: unknown;
  /** Closes what the way out leads away from. */
  readonly leave: () => void;
}

/** Issuing answers once. Was the answer lost on the way, the accounts are there and only their codes are not (ADR 0070). */
export function IssueProblem({ error, leave }: IssueProblemProps) {
  const t = useWords(words);
  const lost = error instanceof RefusedByServer && error.problem.code === 'request.idempotency_already_done';
  if (!lost) return <Problem error={error} />;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('lost')}
      description={
        <Link to={'/accounts' as never} search={{ state: 'waiting' } as never} onClick={leave}>
          {t('lostWhat')}
        </Link>
      }
    />
  );
}

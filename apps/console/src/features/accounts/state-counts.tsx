import { formatNumber, useWords } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { accountStates, type AccountState } from './account-state';
import { words } from './words';

interface StateCountsProps {
  readonly counts?: components['schemas']['AccountCounts'];
  readonly chosen?: AccountState;
  readonly choose: (state?: AccountState) => void;
}

/** Activated, not activated, expired …: each number is the filter that shows who it is. */
export function StateCounts({ counts, chosen, choose }: StateCountsProps) {
  const t = useWords(words);
  const of = new Map(counts?.states.map(({ state, accounts }) => [state, accounts]));
  const tiles = [
    { state: undefined, label: t('all'), n: counts?.total },
    ...accountStates.map((state) => ({ state, label: t(`state_${state}`), n: of.get(state) })),
  ];
  return (
    <div className="accounts-counts" role="group" aria-label={t('state')}>
      {tiles.map(({ state, label, n }) => (
        <button
          key={label}
          type="button"
          aria-pressed={chosen === state}
          className={`accounts-count ${state === 'expired' && n ? 'accounts-count-alarm' : ''}`}
          onClick={() => choose(state)}
        >
          <strong>{n === undefined ? '…' : formatNumber(n)}</strong>
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}

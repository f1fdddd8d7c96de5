import type { components } from '@shidang/client';
import { formatNumber, useWords } from '@shidang/web-kit';
import { words } from './words';
import './progress.css';

export type TurnCounts = components['schemas']['OrganisationProgress']['turns'];

const waiting = ['teacher', 'school', 'authority', 'returned'] as const;
export type WaitingTurn = (typeof waiting)[number];

export const waitingOf = (turns: TurnCounts): { turn: WaitingTurn; n: number }[] =>
  waiting.map((turn) => ({ turn, n: turns.find((each) => each.turn === turn)?.n ?? 0 })).filter(({ n }) => n > 0);

/** Whose turn it is, as a bar and in words: the colours are never alone. */
export function TurnBar({ turns }: { readonly turns: TurnCounts }) {
  const t = useWords(words);
  const parts = waitingOf(turns);
  const sum = parts.reduce((all, { n }) => all + n, 0);
  if (sum === 0) return <span className="progress-quiet">{t('nothingWaits')}</span>;
  return (
    <div className="progress-turns">
      <div className="progress-bar" aria-hidden="true">
        {parts.map(({ turn, n }) => (
          <span key={turn} className={`progress-turn-${turn}`} style={{ width: `${(n / sum) * 100}%` }} />
        ))}
      </div>
      <div className="progress-legend">
        {parts.map(({ turn, n }) => (
          <span key={turn}>
            <i className={`progress-turn-${turn}`} aria-hidden="true" />
            {t('turn_count', { who: t(`turn_${turn}`), n: formatNumber(n) })}
          </span>
        ))}
      </div>
    </div>
  );
}

import { daysSince } from '../format/format';
import { useWords } from '../words/define-words';
import { statusWords, toneOf, type Tone } from './case-status';

const icons: Readonly<Record<Tone, string>> = {
  neutral: 'M3 8h10',
  progress: 'M3 12.5 11 4.5l1.5 1.5-8 8H3z',
  waiting: 'M8 2.5v5.5l3.5 2M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13',
  returned: 'M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H6',
  done: 'M2.5 8.5 6.5 12.5 13.5 4',
  problem: 'M8 2 1.5 14h13zM8 6.5v3.5M8 11.8v.4',
};

interface ToneTagProps {
  readonly tone: Tone;
  readonly children: string;
}

/** Icon, word and colour: any of them is enough. */
export const ToneTag = ({ tone, children }: ToneTagProps) => (
  <span className={`sd-status sd-status-${tone}`}>
    <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={icons[tone]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
    </svg>
    {children}
  </span>
);

interface StatusTagProps {
  /** A state of domain.md §5, such as `authority-review`. */
  readonly status: string;
  /** Whose turn it is, in words: 莲都区. */
  readonly turn?: string;
  /** Since when, ISO; shown in whole days. */
  readonly since?: string;
}

/** 「待莲都区审核 · 已 3 天」: the state, whose turn, for how long. */
export function StatusTag({ status, turn, since }: StatusTagProps) {
  const t = useWords(statusWords);
  const known = (statusWords.keys as readonly string[]).includes(status);
  const word = known ? t(status as (typeof statusWords.keys)[number]) : status;
  const days = since ? daysSince(since) : 0;
  const said = [word, turn && t('turn', { who: turn }), days > 0 && t('days', { count: days })].filter(Boolean);
  return <ToneTag tone={toneOf[status] ?? 'neutral'}>{said.join(' · ')}</ToneTag>;
}

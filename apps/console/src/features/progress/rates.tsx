import type { components } from '@shidang/client';
import { formatNumber, formatRate, useWords } from '@shidang/web-kit';
import { words } from './words';

export type Progress = components['schemas']['OrganisationProgress'];
export type Ranked = components['schemas']['RankedProgress'];
export type Figure = 'registered' | 'entered' | 'complete' | 'schoolReviewed' | 'submitted' | 'effective';

export const figures: readonly Figure[] = [
  'registered',
  'entered',
  'complete',
  'schoolReviewed',
  'submitted',
  'effective',
];

/** A share of the declared head count with both numbers; without a head count only how many. */
export function Rate({ progress, figure }: { readonly progress: Progress; readonly figure: Figure }) {
  const n = progress.figures[figure];
  return (
    <span className="progress-rate">
      {progress.headCount ? formatRate(n, progress.headCount) : '—'}
      <small>{formatNumber(n)}</small>
    </span>
  );
}

/** What the whole organisation has reached, on top of its ranking. */
export function Figures({ progress }: { readonly progress: Progress }) {
  const t = useWords(words);
  const { headCount, schools, schoolsDeclared } = progress;
  const all = headCount === undefined ? '—' : formatNumber(headCount);
  return (
    <dl className="progress-figures">
      <div className="progress-figure">
        <dt>{t('headCount')}</dt>
        <dd>
          {headCount === undefined ? t('undeclared') : formatNumber(headCount)}
          <small>{t('declaredBy', { n: schoolsDeclared, all: schools })}</small>
        </dd>
      </div>
      {figures.map((figure) => (
        <div className="progress-figure" key={figure}>
          <dt>{t(figure)}</dt>
          <dd>
            {headCount ? formatRate(progress.figures[figure], headCount) : formatNumber(progress.figures[figure])}
            <small>
              {headCount ? t('ofDeclared', { n: formatNumber(progress.figures[figure]), all }) : t('noRate')}
            </small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { formatNumber, useWords } from '@shidang/web-kit';
import type { ImportView } from './upload';
import { words } from './words';

const shown = ['teachers', 'added', 'changed', 'unchanged', 'bad', 'findings'] as const;

interface ImportFiguresProps {
  readonly counts: NonNullable<ImportView['counts']>;
  readonly ignored?: ImportView['ignored'];
}

/** What the workbook comes to, in figures; also what stays out by choice. */
export function ImportFigures({ counts, ignored }: ImportFiguresProps) {
  const t = useWords(words);
  // one finding may keep out many rows: a person not on file, a required column that is missing, merged cells
  const isMoreBad = counts.bad > counts.errors;
  return (
    <dl className="imports-counts">
      {shown.map((key) => (
        <div key={key}>
          <dt>{t(`count_${key}`)}</dt>
          <dd>{formatNumber(counts[key])}</dd>
        </div>
      ))}
      {isMoreBad && (
        <div className="imports-note">
          <dt>{t('badNote')}</dt>
        </div>
      )}
      {ignored && (
        <div>
          <dt>{t('ignored', { columns: formatNumber(ignored.columns), values: formatNumber(ignored.values) })}</dt>
        </div>
      )}
    </dl>
  );
}

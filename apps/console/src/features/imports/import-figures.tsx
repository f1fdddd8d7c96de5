import { formatNumber, useWords } from '@shidang/web-kit';
import type { ImportView } from './upload';
import { words } from './words';

const shown = ['teachers', 'added', 'changed', 'unchanged', 'bad', 'findings'] as const;

/** What the workbook comes to, in figures. */
export function ImportFigures({ counts }: { readonly counts: NonNullable<ImportView['counts']> }) {
  const t = useWords(words);
  return (
    <dl className="imports-counts">
      {shown.map((key) => (
        <div key={key}>
          <dt>{t(`count_${key}`)}</dt>
          <dd>{formatNumber(counts[key])}</dd>
        </div>
      ))}
    </dl>
  );
}

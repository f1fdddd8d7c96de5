import { useLanguage, useWords } from '@shidang/web-kit';
import { memo } from 'react';
import type { CellEdit } from '../mending/mend-line';
import { words } from '../words';
import { CellEditor, type Draft } from './cell-editor';
import { cellView, type CellView, type GridColumn, type GridRow } from './grid-model';

export const rowHeight = 32;
export const numberWidth = 56;
export const widthOf = ({ isPerson, title }: GridColumn): number =>
  isPerson ? (title.includes('姓名') ? 96 : 184) : Math.min(240, Math.max(120, title.length * 15 + 20));

interface GridRowProps {
  readonly row: GridRow;
  readonly index: number;
  readonly columns: readonly GridColumn[];
  /** Of this row; another object only when one of its cells changed. */
  readonly unsaved: ReadonlyMap<string, CellEdit>;
  readonly active: number | undefined;
  readonly draft: Draft | undefined;
  readonly isFocused: boolean;
  readonly onPick: (row: number, column: number) => void;
  readonly onOpen: (row: number, column: number) => void;
  readonly onDone: (move: 'down' | 'up' | 'right' | 'left' | 'stay') => void;
  readonly onCancel: () => void;
}

const styleOf = (index: number, columns: readonly GridColumn[], at: number) => ({
  width: widthOf(columns[at]!),
  ...(at < 2 && { left: numberWidth + (at === 1 ? widthOf(columns[0]!) : 0) }),
});

const classOf = ({ findings, isMended, isUnsaved, kind }: CellView, at: number): string =>
  [
    'imports-cell',
    at < 2 ? 'imports-cell-frozen' : '',
    findings.some(({ severity }) => severity === 'error')
      ? 'imports-cell-error'
      : findings.length > 0
        ? 'imports-cell-notice'
        : '',
    isUnsaved ? 'imports-cell-unsaved' : isMended ? 'imports-cell-mended' : '',
    kind ? 'imports-cell-quiet' : '',
  ]
    .filter(Boolean)
    .join(' ');

/** One row: its number and its cells; the active cell says what is wrong with it. */
export const GridRowView = memo(function GridRowView(props: GridRowProps) {
  const { row, index, columns, unsaved, active, draft, isFocused, onPick, onOpen } = props;
  const t = useWords(words);
  const language = useLanguage();
  const wordsOf = (view: CellView) =>
    view.findings.map(({ detail, detailEn, fix }) => {
      const said = language === 'en' ? detailEn : detail;
      return fix ? `${said} · ${language === 'en' ? fix.wordsEn : fix.words}` : said;
    });
  const shown = ({ kind, text }: CellView) =>
    kind === 'formula' ? t('cellFormula') : kind === 'merged' ? t('cellMerged') : text;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`imports-grid-row${active === undefined ? '' : ' imports-grid-active'}`}
      style={{ top: index * rowHeight }}
    >
      <div
        role="rowheader"
        className="imports-cell imports-cell-frozen imports-cell-number"
        style={{ width: numberWidth, left: 0 }}
      >
        {row.row}
      </div>
      {columns.map((column, at) => {
        const view = cellView(row, columns, at, unsaved);
        const isActive = active === at;
        const id = `${row.row}-${column.column}`;
        const found = isActive && isFocused && !draft ? wordsOf(view) : [];
        return (
          <div
            key={column.column}
            role="gridcell"
            aria-colindex={at + 2}
            aria-selected={isActive}
            aria-invalid={view.findings.length > 0 || undefined}
            aria-describedby={found.length > 0 ? `words-${id}` : undefined}
            tabIndex={isActive ? 0 : -1}
            data-cell={isActive ? 'active' : undefined}
            data-place={id}
            className={classOf(view, at)}
            style={styleOf(index, columns, at)}
            onMouseDown={() => onPick(index, at)}
            onDoubleClick={() => onOpen(index, at)}
          >
            {isActive && draft ? (
              <CellEditor
                draft={draft}
                label={t('editing', { column: column.title })}
                choices={column.choices && 'imports-choices'}
                onDone={props.onDone}
                onCancel={props.onCancel}
              />
            ) : (
              <span>{shown(view)}</span>
            )}
            {found.length > 0 && (
              <div id={`words-${id}`} role="tooltip" className="imports-cell-words">
                {found.map((said) => (
                  <div key={said}>{said}</div>
                ))}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
});

import { useWords } from '@shidang/web-kit';
import { useCallback, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { columnKeys, columns, type ColumnKey } from './columns';
import { GridRow } from './grid-row';
import type { GridLine } from './use-grid-rows';
import { isBlock } from './use-grid-rows';
import { words } from './words';

interface GridProps {
  readonly lines: readonly GridLine[];
  /** Number of a line in the whole grid, from 1: a filter leaves numbers as they are. */
  readonly numberOf: (id: string) => number;
  readonly total: number;
  readonly onChange: (id: string, key: ColumnKey, text: string) => void;
  readonly onDrop: (id: string) => void;
  readonly onPaste: (text: string, at: ColumnKey, id: string) => void;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

const moves: Readonly<Record<string, readonly [line: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const within = (value: number, size: number) => Math.min(Math.max(value, 0), Math.max(size - 1, 0));

/** WAI-ARIA grid: one tab stop, arrows inside; a cell becomes an input when somebody types. */
export function Grid({ lines, numberOf, total, onChange, onDrop, onPaste }: GridProps) {
  const t = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ line: 0, column: 0 });
  const [editing, setEditing] = useState<string>();
  const at: Place = { line: within(place.line, lines.length), column: place.column };

  const focus = useCallback((to: Place) => {
    box.current?.querySelector<HTMLElement>(`[data-cell="${to.line}-${to.column}"]`)?.focus();
  }, []);

  const go = useCallback(
    (line: number, column: number) => {
      const to = { line: within(line, lines.length), column: within(column, columnKeys.length) };
      setEditing(undefined);
      setPlace(to);
      focus(to);
    },
    [focus, lines.length],
  );

  const pressed = (event: KeyboardEvent<HTMLDivElement>) => {
    if (editing !== undefined || event.nativeEvent.isComposing) return;
    const key = columnKeys[at.column];
    const id = lines[at.line]?.row.id;
    const move = moves[event.key];
    if (!(event.target instanceof HTMLElement) || !event.target.dataset['cell'] || !key || !id) return;
    if (move) go(at.line + move[0], at.column + move[1]);
    else if (event.key === 'Home') go(event.ctrlKey ? 0 : at.line, 0);
    else if (event.key === 'End') go(event.ctrlKey ? lines.length - 1 : at.line, columnKeys.length - 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') onChange(id, key, '');
    else if (event.key === 'Enter' && !event.ctrlKey) setEditing(lines[at.line]?.row.cells[key] ?? '');
    else if (event.key === 'F2') setEditing(lines[at.line]?.row.cells[key] ?? '');
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) setEditing(event.key);
    else return;
    event.preventDefault();
  };

  const pasted = (event: ClipboardEvent<HTMLDivElement>) => {
    const text = event.clipboardData.getData('text/plain');
    const key = columnKeys[at.column];
    const id = lines[at.line]?.row.id;
    if (!key || !id || (editing !== undefined && !isBlock(text))) return;
    event.preventDefault();
    event.stopPropagation();
    setEditing(undefined);
    onPaste(text, key, id);
  };

  const commit = useCallback(
    (text: string, then: 'down' | 'right' | 'left' | 'stay') => {
      const key = columnKeys[at.column];
      const id = lines[at.line]?.row.id;
      if (key && id) onChange(id, key, text);
      if (then === 'stay') setEditing(undefined);
      else go(at.line + (then === 'down' ? 1 : 0), at.column + (then === 'right' ? 1 : then === 'left' ? -1 : 0));
    },
    [at.column, at.line, go, lines, onChange],
  );

  return (
    <div
      ref={box}
      role="grid"
      className="quick-grid"
      aria-label={t('grid')}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 2}
      aria-describedby="quick-grid-keys"
      onKeyDown={pressed}
      onPaste={pasted}
    >
      <div role="row" className="quick-grid-row quick-grid-head" aria-rowindex={1}>
        <span role="columnheader">{t('rowNumber')}</span>
        {columns.map(({ key }) => (
          <span role="columnheader" key={key}>
            {t(key)}
          </span>
        ))}
        <span role="columnheader">{t('action')}</span>
      </div>
      {lines.map((line, index) => (
        <GridRow
          key={line.row.id}
          line={line}
          index={index}
          number={numberOf(line.row.id)}
          active={index === at.line ? at.column : undefined}
          editing={index === at.line ? editing : undefined}
          onActive={go}
          onEdit={setEditing}
          onCommit={commit}
          onCancel={() => go(at.line, at.column)}
          onDrop={onDrop}
        />
      ))}
    </div>
  );
}

import { useKeys, useWords } from '@shidang/web-kit';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { flushSync } from 'react-dom';
import type { CellEdit } from '../mending/mend-line';
import { words } from '../words';
import type { Draft } from './cell-editor';
import { ChoiceList } from './choice-list';
import {
  cellView,
  foundPlaces,
  moved,
  nextFound,
  unsavedByRow,
  type GridRow,
  type GridSheet,
  type Place,
} from './grid-model';
import { GridRowView, numberWidth, rowHeight, widthOf } from './grid-row-view';
import { pastedCells } from './pasted-cells';

export interface GridHandle {
  /** Goes to the next finding from where one is; false when this sheet has no more of those loaded. */
  readonly goToFinding: (direction: 1 | -1, from: 'here' | 'edge') => boolean;
  readonly goTo: (row: number, column: string | undefined) => boolean;
}

interface ImportGridProps {
  readonly sheet: GridSheet;
  readonly rows: readonly GridRow[];
  readonly total: number;
  readonly unsaved: ReadonlyMap<string, CellEdit>;
  readonly onEdit: (cells: readonly CellEdit[]) => void;
  readonly onUndo: () => void;
  readonly onFinding: (direction: 1 | -1) => void;
  readonly onNearEnd: () => void;
  readonly ref: Ref<GridHandle>;
}

const none: ReadonlyMap<string, CellEdit> = new Map();
const spareRows = 6;

/** The rows of a sheet as in a spreadsheet: cells are changed in place, what is wrong is said at the cell. Only the rows in sight are drawn. */
export function ImportGrid(props: ImportGridProps) {
  const { sheet, rows, total, unsaved, onEdit, onUndo, onFinding, onNearEnd, ref } = props;
  const { columns } = sheet;
  const t = useWords(words);
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [draft, setDraft] = useState<Draft>();
  const [isFocused, setIsFocused] = useState(false);
  const [scroll, setScroll] = useState({ top: 0, height: 400 });
  const wantsFocus = useRef(false);
  const place = {
    row: Math.min(active.row, Math.max(0, rows.length - 1)),
    column: Math.min(active.column, columns.length - 1),
  };

  const editAt = useCallback(
    (at: Place, value: string): CellEdit | undefined => {
      const row = rows[at.row];
      const column = columns[at.column];
      if (!row || !column) return undefined;
      return { sheet: sheet.sheet, row: row.row, column: column.column, value, isSensitive: column.isSensitive };
    },
    [rows, columns, sheet.sheet],
  );

  const shown = (at: Place): string => {
    const row = rows[at.row];
    return row ? cellView(row, columns, at.column, unsaved).text : '';
  };

  /** Puts what is typed where it belongs; a cell left as it was is no change. */
  const finish = () => {
    if (!draft) return;
    const edit = editAt(place, draft.value.trim());
    if (edit && edit.value !== shown(place)) onEdit([edit]);
    setDraft(undefined);
  };

  const go = (to: Place) => {
    wantsFocus.current = true;
    setActive(to);
  };

  const done = (move: 'down' | 'up' | 'right' | 'left' | 'stay') => {
    finish();
    if (move === 'stay') return;
    const key = { down: 'ArrowDown', up: 'ArrowUp', right: 'ArrowRight', left: 'ArrowLeft' }[move];
    go(moved(key, false, place, rows.length, columns.length) ?? place);
  };

  const toFinding = (direction: 1 | -1, from: 'here' | 'edge'): boolean => {
    const next = nextFound(foundPlaces(rows, columns, unsaved), from === 'here' ? place : undefined, direction);
    if (next) go(next);
    return next !== undefined;
  };

  const goTo = (row: number, column: string | undefined): boolean => {
    const at = rows.findIndex((each) => each.row === row);
    if (at < 0) return false;
    go({
      row: at,
      column: Math.max(
        0,
        columns.findIndex((each) => each.column === column),
      ),
    });
    return true;
  };

  useImperativeHandle(ref, () => ({ goToFinding: toFinding, goTo }));

  const findFrom = (direction: 1 | -1) => {
    finish();
    onFinding(direction);
  };
  useKeys([
    { keys: 'F8', label: t('nextFinding'), run: () => findFrom(1), whileTyping: true },
    { keys: 'Shift+F8', label: t('previousFinding'), run: () => findFrom(-1), whileTyping: true },
    { keys: 'Ctrl+Z', label: t('keyUndo'), run: onUndo },
    { keys: 'F2', label: t('keyEdit'), run: () => setDraft({ value: shown(place) }) },
  ]);

  // the active cell is in sight, then it has the focus
  useLayoutEffect(() => {
    const box = frame.current;
    if (!box || !wantsFocus.current) return;
    const top = place.row * rowHeight;
    const room = box.clientHeight - rowHeight * 4;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top > box.scrollTop + room) box.scrollTop = top - room;
    const left = columns.slice(0, place.column).reduce((sum, each) => sum + widthOf(each), numberWidth);
    const frozen = columns.slice(0, 2).reduce((sum, each) => sum + widthOf(each), numberWidth);
    const right = left + widthOf(columns[place.column]!);
    if (place.column > 1 && left < box.scrollLeft + frozen) box.scrollLeft = left - frozen;
    else if (right > box.scrollLeft + box.clientWidth - 20) box.scrollLeft = right - box.clientWidth + 20;
    if (draft) return;
    const cell = box.querySelector<HTMLElement>('[data-cell="active"]');
    if (cell) {
      wantsFocus.current = false;
      cell.focus({ preventScroll: true });
    }
  });

  const first = Math.max(0, Math.floor(scroll.top / rowHeight) - spareRows);
  const last = Math.min(rows.length, Math.ceil((scroll.top + scroll.height) / rowHeight) + spareRows);
  useEffect(() => {
    if (last >= rows.length - 20 && rows.length < total) onNearEnd();
  }, [last, rows.length, total, onNearEnd]);

  const begin = (value: string) => flushSync(() => setDraft({ value }));
  const pressed = (event: KeyboardEvent) => {
    if (draft || event.nativeEvent.isComposing) return;
    const { key, ctrlKey, metaKey, altKey } = event;
    const to = moved(key, ctrlKey, place, rows.length, columns.length);
    if (to) go(to);
    else if (key === 'Enter') begin(shown(place));
    else if (key === 'Delete' || key === 'Backspace') {
      const edit = editAt(place, '');
      if (edit && shown(place) !== '') onEdit([edit]);
    } else if ((key.length === 1 || key === 'Process') && !ctrlKey && !metaKey && !altKey) {
      // the key itself goes into the field that opens under it, so that input methods begin in it
      begin('');
      return;
    } else return;
    event.preventDefault();
  };

  const pasted = (event: ClipboardEvent) => {
    if (draft) return;
    event.preventDefault();
    const cells = pastedCells(event.clipboardData.getData('text/plain'));
    onEdit(
      cells.flatMap((line, down) =>
        line.flatMap((value, right) => editAt({ row: place.row + down, column: place.column + right }, value) ?? []),
      ),
    );
  };
  const copied = (event: ClipboardEvent) => {
    if (draft) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', shown(place));
  };

  const pick = useCallback((row: number, column: number) => {
    wantsFocus.current = true;
    setActive({ row, column });
  }, []);
  const open = (row: number, column: number) => setDraft({ value: shown({ row, column }) });

  const byRow = useMemo(() => unsavedByRow(unsaved, sheet.sheet), [unsaved, sheet.sheet]);
  const drawn = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  if (!drawn.includes(place.row) && rows[place.row]) drawn.push(place.row);
  const width = columns.reduce((sum, each) => sum + widthOf(each), numberWidth);
  const choices = columns[place.column]?.choices;

  return (
    <div
      ref={frame}
      role="grid"
      aria-label={t('gridLabel', { sheet: sheet.sheet, count: total })}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable={false}
      className="imports-grid"
      onScroll={({ currentTarget: { scrollTop: top, clientHeight: height } }) => setScroll({ top, height })}
      onKeyDown={pressed}
      onPaste={pasted}
      onCopy={copied}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
    >
      <div role="rowgroup" className="imports-grid-head">
        <div role="row" aria-rowindex={1} className="imports-grid-head">
          <div role="columnheader" className="imports-cell imports-cell-frozen" style={{ width: numberWidth, left: 0 }}>
            {t('rowNumber')}
          </div>
          {columns.map((column, at) => (
            <div
              key={column.column}
              role="columnheader"
              aria-colindex={at + 2}
              className={`imports-cell${at < 2 ? ' imports-cell-frozen' : ''}`}
              style={{
                width: widthOf(column),
                ...(at < 2 && { left: numberWidth + (at === 1 ? widthOf(columns[0]!) : 0) }),
              }}
              title={column.title}
            >
              <span>{`${column.column} ${column.title}`}</span>
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="imports-grid-body" style={{ height: rows.length * rowHeight + 72, width }}>
        {drawn.map((index) => (
          <GridRowView
            key={rows[index]!.row}
            row={rows[index]!}
            index={index}
            columns={columns}
            unsaved={byRow.get(rows[index]!.row) ?? none}
            active={index === place.row ? place.column : undefined}
            draft={index === place.row ? draft : undefined}
            isFocused={index === place.row && isFocused}
            onPick={pick}
            onOpen={open}
            onDone={done}
            onCancel={() => {
              setDraft(undefined);
              go(place);
            }}
          />
        ))}
      </div>
      {choices && <ChoiceList choices={choices} />}
    </div>
  );
}

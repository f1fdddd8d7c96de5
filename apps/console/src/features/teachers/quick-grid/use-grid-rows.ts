import { formatDay } from '@shidang/web-kit';
import { useCallback, useMemo, useState } from 'react';
import type { ColumnKey } from './columns';
import { cellsFrom, cellsOf, readTable } from './pasted-table';
import {
  changeRow,
  checkLine,
  isBlank,
  newRow,
  twiceIn,
  type CellComplaint,
  type CheckedRow,
  type PersonRow,
} from './person-rows';

/** Checking a row costs a millisecond; a row that did not change is not checked again. */
const checked = new WeakMap<PersonRow, CheckedRow>();

function checkOf(row: PersonRow, today: string): CheckedRow {
  let known = checked.get(row);
  if (!known) checked.set(row, (known = checkLine(row, today)));
  return known;
}

export interface GridLine extends CheckedRow {
  readonly row: PersonRow;
  readonly isTwice: boolean;
  readonly isBlank: boolean;
}

export interface Pasted {
  readonly count: number;
  /** Numbers of columns nobody asked for, from 1. */
  readonly unread: readonly number[];
}

/** The rows of the grid and everything that is done to them. Nothing of it is kept in the browser: they are identity numbers. */
export function useGridRows() {
  const [rows, setRows] = useState<readonly PersonRow[]>(() => [newRow()]);
  const lines = useMemo((): readonly GridLine[] => {
    const today = formatDay(new Date());
    const twice = twiceIn(rows);
    return rows.map((row) => {
      const blank = isBlank(row);
      const check = blank ? { complaints: [] } : checkOf(row, today);
      const isTwice = twice.has(row.id);
      return { row, isBlank: blank, isTwice, ...check };
    });
  }, [rows]);

  const change = useCallback(
    (id: string, key: ColumnKey, text: string) =>
      setRows((all) => all.map((row) => (row.id === id ? changeRow(row, { [key]: text }) : row))),
    [],
  );

  /** A whole table behind what is there; columns known by heading or content. */
  const pasteTable = useCallback((text: string): Pasted => {
    const table = readTable(text);
    setRows((all) => [...all.filter((row) => !isBlank(row)), ...table.rows.map((cells) => newRow(cells))]);
    return { count: table.rows.length, unread: table.layout.flatMap((key, at) => (key ? [] : [at + 1])) };
  }, []);

  /** Cells at one place: over what is there, further rows behind. */
  const pasteCells = useCallback((text: string, at: ColumnKey, id: string): Pasted => {
    const cells = cellsFrom(text, at);
    setRows((all) => {
      const start = all.findIndex((row) => row.id === id);
      const within = all.map((row, index) => {
        const given = index >= start ? cells[index - start] : undefined;
        return given ? changeRow(row, given) : row;
      });
      return [...within, ...cells.slice(all.length - start).map((given) => newRow(given))];
    });
    return { count: cells.length, unread: [] };
  }, []);

  const settle = useCallback(
    (registered: ReadonlySet<string>, refused: ReadonlyMap<string, readonly CellComplaint[]>) =>
      setRows((all) => {
        const left = all
          .filter(({ id }) => !registered.has(id))
          .map((row) => (refused.has(row.id) ? { ...row, refused: refused.get(row.id) ?? [] } : row));
        return left.length > 0 ? left : [newRow()];
      }),
    [],
  );

  return {
    lines,
    change,
    pasteTable,
    pasteCells,
    settle,
    add: useCallback(() => setRows((all) => [...all, newRow()]), []),
    drop: useCallback(
      (id: string) => setRows((all) => (all.length > 1 ? all.filter((row) => row.id !== id) : [newRow()])),
      [],
    ),
    clear: useCallback(() => setRows([newRow()]), []),
  };
}

/** More than one cell, or more than one line: a block of a sheet. */
export const isBlock = (text: string): boolean => {
  const cells = cellsOf(text);
  return cells.length > 1 || (cells[0]?.length ?? 0) > 1;
};

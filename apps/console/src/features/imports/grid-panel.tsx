import { useWords } from '@shidang/web-kit';
import { App, Button, Empty, Segmented, Select, Space } from 'antd';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { useSheets } from './causes-table';
import { ImportGrid, type GridHandle } from './grid/import-grid';
import { useGridRows, type WhichRows } from './grid/use-grid-rows';
import type { Mending } from './mending/use-mending';
import { words } from './words';

export interface GridPanelHandle {
  readonly show: (sheet: string, row: number, column: string | undefined) => void;
}

/** What to do once the rows of another sheet are there. */
type Waiting = { direction: 1 | -1 } | { row: number; column: string | undefined };

interface GridPanelProps {
  readonly importId: string;
  readonly mending: Mending;
  readonly onUndo: () => void;
  /** Where to begin. */
  readonly begin?: { sheet: string; row: number; column: string | undefined };
  readonly ref: Ref<GridPanelHandle>;
}

/** The sheets of the workbook, one at a time; F8 goes on from one to the next. */
export function GridPanel({ importId, mending, onUndo, begin, ref }: GridPanelProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const [search, change] = useUrlSearch<'sheet' | 'rows'>();
  const { data, error } = useSheets(importId);
  const sheets = data?.sheets ?? [];
  const sheet =
    sheets.find((each) => each.sheet === search.sheet) ?? sheets.find((each) => each.rowsFound > 0) ?? sheets[0];
  const which: WhichRows = search.rows === 'all' || sheet?.rowsFound === 0 ? 'all' : 'errors';
  // a sheet without findings left shows all its rows, but not while somebody mends the last of them
  const [held, setHeld] = useState<{ sheet: string; which: WhichRows }>();
  useEffect(() => {
    if (sheet && held?.sheet !== sheet.sheet) setHeld({ sheet: sheet.sheet, which });
  }, [sheet, held, which]);
  const shownRows = held && held.sheet === sheet?.sheet && search.rows !== 'all' ? held.which : which;
  const rows = useGridRows(importId, sheet?.sheet, shownRows);
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const total = rows.data?.pages.at(-1)?.page.total ?? 0;
  const grid = useRef<GridHandle>(null);
  const [waiting, setWaiting] = useState<Waiting | undefined>(begin && { row: begin.row, column: begin.column });

  useEffect(() => {
    if (!waiting || rows.isFetching || items.length === 0 || !grid.current) return;
    const there =
      'direction' in waiting
        ? grid.current.goToFinding(waiting.direction, 'edge')
        : grid.current.goTo(waiting.row, waiting.column);
    if (!there && rows.hasNextPage) void rows.fetchNextPage();
    else setWaiting(undefined);
  }, [waiting, rows, items.length]);

  const open = (name: string, then: Waiting) => {
    change({ sheet: name, rows: undefined }, { replace: true });
    setHeld(undefined);
    setWaiting(then);
  };
  useImperativeHandle(ref, () => ({ show: (name, row, column) => open(name, { row, column }) }));

  const toFinding = (direction: 1 | -1) => {
    if (grid.current?.goToFinding(direction, 'here')) return;
    if (rows.hasNextPage && direction === 1) {
      void rows.fetchNextPage().then(() => grid.current?.goToFinding(1, 'here'));
      return;
    }
    const at = sheets.findIndex((each) => each.sheet === sheet?.sheet);
    const others = direction === 1 ? sheets.slice(at + 1) : sheets.slice(0, Math.max(0, at)).reverse();
    const next = others.find((each) => each.rowsFound > 0);
    if (next) open(next.sheet, { direction });
    else void message.info(t('noMoreFindings'));
  };

  if (error) return <Problem error={error} />;
  if (!sheet) return data ? <Empty description={t('noRows')} /> : <Loading />;
  return (
    <>
      <div className="imports-bar">
        <Select
          aria-label={t('sheet')}
          value={sheet.sheet}
          onChange={(name: string) => {
            setHeld(undefined);
            change({ sheet: name });
          }}
          style={{ width: 240 }}
          options={sheets.map((each) => ({
            value: each.sheet,
            label: `${each.sheet}（${each.findings} / ${each.rows}）`,
          }))}
        />
        <Segmented
          aria-label={t('rows')}
          value={shownRows}
          onChange={(value) => {
            setHeld({ sheet: sheet.sheet, which: value as WhichRows });
            change({ rows: value === 'all' ? 'all' : undefined });
          }}
          options={[
            { value: 'errors', label: t('onlyFound') },
            { value: 'all', label: t('everyRow') },
          ]}
        />
        <Space size="small">
          <Button onClick={() => toFinding(-1)}>{`${t('previousFinding')} ⇧F8`}</Button>
          <Button onClick={() => toFinding(1)} title={t('cellHint')}>{`${t('nextFinding')} F8`}</Button>
        </Space>
      </div>
      <Problem error={rows.error} retry={() => void rows.refetch()} />
      {rows.isPending && <Loading />}
      {rows.data && items.length === 0 && <Empty description={t('noRows')} />}
      {items.length > 0 && (
        <ImportGrid
          key={`${sheet.sheet}/${shownRows}`}
          ref={grid}
          sheet={sheet}
          rows={items}
          total={total}
          unsaved={mending.state.unsaved}
          onEdit={mending.edit}
          onUndo={onUndo}
          onFinding={toFinding}
          onNearEnd={() => {
            if (rows.hasNextPage && !rows.isFetchingNextPage) void rows.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

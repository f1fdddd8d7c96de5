import { placeOf, type CellEdit } from '../mending/mend-line';
import { cellView, foundPlaces, moved, nextFound, type Finding, type GridColumn, type GridRow } from './grid-model';
import { pastedCells } from './pasted-cells';

const columns: GridColumn[] = ['A', 'B', 'C'].map((column) => ({
  column,
  title: column,
  isPerson: column === 'A',
  isSensitive: false,
}));
const finding = (column?: string): Finding => ({
  sheet: '工作经历',
  row: 2,
  ...(column !== undefined && { column }),
  code: 'required',
  severity: 'error',
  detail: '必填',
  detailEn: 'Required',
});
const row = (number: number, findings: Finding[] = []): GridRow => ({
  sheet: '工作经历',
  row: number,
  cells: [{ column: 'B', text: `b${number}` }],
  findings,
});
const rows = [row(2, [finding('C'), finding('B')]), row(3), row(4, [finding()])];
const edit: CellEdit = { sheet: '工作经历', row: 2, column: 'B', value: 'new', isSensitive: false };

describe('the grid of an import', () => {
  it('finds its way from finding to finding and back', () => {
    const places = foundPlaces(rows, columns, new Map());
    expect(places).toEqual([
      { row: 0, column: 1 },
      { row: 0, column: 2 },
      { row: 2, column: 0 },
    ]);
    expect(nextFound(places, undefined, 1)).toEqual({ row: 0, column: 1 });
    expect(nextFound(places, { row: 0, column: 2 }, 1)).toEqual({ row: 2, column: 0 });
    expect(nextFound(places, { row: 2, column: 0 }, 1)).toBeUndefined();
    expect(nextFound(places, { row: 2, column: 0 }, -1)).toEqual({ row: 0, column: 2 });
  });

  it('shows what is typed before the server has it, and no finding with it', () => {
    const unsaved = new Map([[placeOf(edit), edit]]);
    expect(cellView(rows[0]!, columns, 1, unsaved)).toMatchObject({ text: 'new', isUnsaved: true, findings: [] });
    expect(foundPlaces(rows, columns, unsaved)).toHaveLength(2);
    expect(cellView(rows[0]!, columns, 0, unsaved)).toMatchObject({ text: '', isUnsaved: false });
  });

  it.each([
    ['ArrowRight', false, { row: 1, column: 2 }],
    ['ArrowDown', false, { row: 2, column: 1 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', false, { row: 1, column: 2 }],
    ['PageDown', false, { row: 2, column: 1 }],
    ['x', false, undefined],
  ])('%s moves within its edges', (key, ctrl, place) => {
    expect(moved(key, ctrl, { row: 1, column: 1 }, 3, 3)).toEqual(place);
  });

  it('takes what a spreadsheet puts on the clipboard', () => {
    expect(pastedCells('a\t"b\nc"\r\n\t"d""e"\r\n')).toEqual([
      ['a', 'b\nc'],
      ['', 'd"e'],
    ]);
  });
});

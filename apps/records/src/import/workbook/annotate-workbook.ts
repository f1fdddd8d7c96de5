import { sectionOf } from '@shidang/catalogue';
import type ExcelJS from 'exceljs';
import type { Writable } from 'node:stream';
import { bareTitle, isReferenceSheet, sheetColumns } from '../../template/section-sheet';
import {
  dressHeader,
  offer,
  ReferenceSheet,
  shade,
  widthOf,
  type WritingWorkbook,
} from '../../template/workbook-sheets';
import type { Annotation, SheetMarks } from './annotation';
import { isErrorCell, isFormula, type CellValue } from './cell-value';
import type { SheetHead } from './filled-sheet';
import { InflateBudget, limits } from './limits';
import { fromWire } from './parser-protocol';
import { readSheet, type CellBudget, type SheetRow } from './sheet-rows';
import { readParts, type SheetPart, type WorkbookParts } from './workbook-parts';
import { openArchive } from './zip-archive';

const red = shade('FFFFC7CE');

/**
 * Writes the workbook again as it stands: every cell in its place, what was changed on screen with its new value, what is wrong red and
 * with a note. Row by row from one stream into the other.
 */
export async function annotateWorkbook(bytes: Buffer, annotation: Annotation, out: Writable): Promise<void> {
  const entries = openArchive(bytes);
  const budget = new InflateBudget();
  const parts = await readParts(bytes, entries, budget);
  const cells: CellBudget = { left: limits.cells };
  const { default: exceljs } = await import('exceljs');
  const workbook: WritingWorkbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
  });
  workbook.creator = '师档 Shidang';
  const codes = new ReferenceSheet();
  for (const part of parts.sheets) {
    // the lists of choices are written anew behind the sheets
    if (isReferenceSheet(part.name)) continue;
    await new AnnotatedSheet(workbook, part, annotation, codes).copy(bytes, parts, budget, cells);
  }
  codes.write(workbook, annotation.category);
  await workbook.commit();
}

/** One sheet on its way from the file into the new one. */
class AnnotatedSheet {
  private readonly sheet: ExcelJS.Worksheet;
  private readonly head: SheetHead | undefined;
  private readonly notes = new Map<number, (readonly [column: number, words: string])[]>();
  private readonly changed = new Map<number, Map<number, CellValue | undefined>>();
  private last = 0;

  constructor(
    workbook: WritingWorkbook,
    private readonly part: SheetPart,
    private readonly annotation: Annotation,
    private readonly codes: ReferenceSheet,
  ) {
    this.head = annotation.heads.find((each) => each.sheet === part.name);
    this.sheet = workbook.addWorksheet(part.name, {
      state: part.hidden ? 'hidden' : 'visible',
      views: this.head?.section ? [{ state: 'frozen', xSplit: 2, ySplit: Math.max(1, this.head.headerRow) }] : [],
    });
    const marks = annotation.sheets.find((each) => each.sheet === part.name);
    if (marks) this.take(marks);
    this.dressColumns();
  }

  async copy(bytes: Buffer, parts: WorkbookParts, budget: InflateBudget, cells: CellBudget): Promise<void> {
    const rest = () => new Promise<void>((resolve) => setImmediate(resolve));
    const tail = await readSheet(bytes, this.part, parts, budget, cells, (row) => this.write(row), rest);
    for (const row of [...this.notes.keys(), ...this.changed.keys()].sort((a, b) => a - b))
      if (row > this.last) this.write({ row, cells: new Map() });
    for (const range of tail.merged) if (!this.isChangedIn(range)) this.sheet.mergeCells(range);
    this.sheet.commit();
  }

  private take(marks: SheetMarks): void {
    for (const [row, column, words] of marks.notes)
      this.notes.set(row, [...(this.notes.get(row) ?? []), [column, words]]);
    for (const [row, column, value] of marks.cells) {
      const cells = this.changed.get(row) ?? new Map<number, CellValue | undefined>();
      this.changed.set(row, cells.set(column, value === null ? undefined : fromWire(value)));
    }
  }

  /** Columns keep what the template gave them: width, text format, lists of choices. */
  private dressColumns(): void {
    const { head } = this;
    if (!head?.section) return;
    const section = sectionOf(head.section);
    const known = new Map(
      sheetColumns(section, this.annotation.category).map((each) => [bareTitle(each.column.header), each]),
    );
    for (const { column: at, title } of head.columns) {
      const column = known.get(bareTitle(title));
      const written = this.sheet.getColumn(at);
      written.width = widthOf(title);
      if (!column) continue;
      written.numFmt = column.column.asText ? '@' : 'General';
      offer(this.sheet, at, column, this.codes, head.headerRow + 1);
    }
  }

  private write({ row: at, cells }: SheetRow): void {
    if (at <= this.last) return;
    this.last = at;
    const row = this.sheet.getRow(at);
    const all = new Map<number, CellValue | undefined>([...cells, ...(this.changed.get(at) ?? [])]);
    for (const [column, cell] of all) if (cell !== undefined) fill(row.getCell(column), cell);
    if (at === this.head?.headerRow && this.head.section)
      row.eachCell((cell) => dressHeader(cell, String(cell.value).startsWith('*')));
    const notes = new Map<number, string[]>();
    for (const [column, words] of this.notes.get(at) ?? []) {
      const place = column || this.numberColumn;
      notes.set(place, [...(notes.get(place) ?? []), words]);
    }
    for (const [column, words] of notes) {
      const cell = row.getCell(column);
      cell.fill = red;
      cell.note = words.join('\n');
    }
    row.commit();
  }

  private get numberColumn(): number {
    return this.head?.columns.find((each) => each.person === 'number')?.column ?? 1;
  }

  /** A merged range somebody filled in on screen comes apart. */
  private isChangedIn(range: string): boolean {
    const [from = '', to = from] = range.split(':');
    const [top, bottom] = [from, to].map((reference) => Number(reference.replace(/^\D+/, ''))) as [number, number];
    return [...this.changed.keys()].some((row) => row >= top && row <= bottom);
  }
}

function fill(cell: ExcelJS.Cell, value: CellValue): void {
  if (isFormula(value)) {
    // what it computed is not believed, so it is not carried either: it says again that it is a formula
    cell.value = { formula: 'NA()', result: { error: '#N/A' } } as ExcelJS.CellFormulaValue;
  } else if (isErrorCell(value)) cell.value = { error: value.error } as ExcelJS.CellErrorValue;
  else {
    cell.value = value;
    if (value instanceof Date) cell.numFmt = 'yyyy-mm-dd';
  }
}

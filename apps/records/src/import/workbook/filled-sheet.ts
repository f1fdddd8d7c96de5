import { sections, type Section, type SectionKey } from '@shidang/catalogue';
import {
  exampleMark,
  findTitle,
  isReferenceSheet,
  sectionOfSheet,
  type KnownTitle,
} from '../../template/section-sheet';
import { columnOf, type CellValue } from './cell-value';
import type { SheetRow, SheetTail } from './sheet-rows';

/** A column somebody filled: where it is, what its header says, which indicators that may mean. */
export interface FilledColumn extends KnownTitle {
  readonly column: number;
  readonly title: string;
}

/** What is wrong with a sheet as such. Words are found by whoever reports it. */
export interface SheetFinding {
  readonly code: 'unknown_column' | 'duplicate_column' | 'no_header' | 'unknown_sheet' | 'merged_cells';
  readonly row?: number;
  readonly column?: number;
  readonly text: string;
}

export interface SheetHead {
  readonly sheet: string;
  /** Absent: the sheet is no section of the template. */
  readonly section?: SectionKey;
  readonly headerRow: number;
  readonly columns: readonly FilledColumn[];
  readonly findings: readonly SheetFinding[];
}

/** A row of data under the header, with the cells a merged range hides marked as such. */
export interface FilledRow {
  readonly row: number;
  readonly cells: ReadonlyMap<number, CellValue>;
  readonly hidden?: readonly number[];
  /** Cells changed on screen since the upload, and by which account. */
  readonly mended?: ReadonlyMap<number, string>;
}

const headerWithin = 12;
const text = (value: CellValue | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** Collects the rows of one sheet: finds the header, leaves out the example row. */
export class FilledSheet {
  readonly section: Section | undefined;
  readonly rows: FilledRow[] = [];
  readonly findings: SheetFinding[] = [];
  private columns: FilledColumn[] = [];
  private headerRow = 0;

  constructor(readonly sheet: string) {
    this.section = sectionOfSheet(sheet);
  }

  take({ row, cells }: SheetRow): void {
    if (!this.section) {
      if (this.findings.length === 0 && !isReferenceSheet(this.sheet))
        this.findings.push({ code: 'unknown_sheet', text: this.sheet });
      return;
    }
    if (this.headerRow === 0) {
      if (row <= headerWithin && this.isHeader(cells)) this.takeHeader(row, cells);
      else if (row > headerWithin) this.missHeader();
      return;
    }
    if (this.headerRow < 0) return;
    const number = this.columns.find((each) => each.person === 'number');
    if (text(cells.get(number?.column ?? 0)).startsWith(exampleMark)) return;
    if ([...cells.values()].every((value) => typeof value === 'string' && value.trim() === '')) return;
    if (this.saysOnlyWho(cells)) return;
    this.rows.push({ row, cells });
  }

  /** What comes after the rows: merged ranges hide every cell but their first. */
  finish(tail: SheetTail): void {
    if (!this.section) return;
    if (this.headerRow === 0 && this.findings.length === 0) this.missHeader();
    for (const range of tail.merged) this.hide(range);
  }

  head(): SheetHead {
    const { sheet, section, headerRow, columns, findings } = this;
    return { sheet, ...(section && { section: section.key }), headerRow, columns, findings };
  }

  get numberColumn(): number | undefined {
    return this.columns.find((each) => each.person === 'number')?.column;
  }

  /** A line of the prefilled workbook nobody went on with: number and name, nothing about them. */
  private saysOnlyWho(cells: ReadonlyMap<number, CellValue>): boolean {
    if (this.section?.multiRecord !== true) return false;
    const who = new Set(this.columns.flatMap((each) => (each.person && each.keys.length === 0 ? [each.column] : [])));
    return [...cells].every(([column, value]) => who.has(column) || text(value) === '') && who.size === 2;
  }

  private missHeader(): void {
    this.headerRow = -1;
    this.findings.push({ code: 'no_header', row: 1, text: this.sheet });
  }

  private isHeader(cells: ReadonlyMap<number, CellValue>): boolean {
    const known = [...cells.values()].flatMap((value) => findTitle(this.section!, text(value)) ?? []);
    return known.some((each) => each.person === 'number') && known.length >= 2;
  }

  private takeHeader(row: number, cells: ReadonlyMap<number, CellValue>): void {
    this.headerRow = row;
    const seen = new Set<string>();
    for (const [column, value] of [...cells].sort(([a], [b]) => a - b)) {
      const title = text(value);
      if (title === '') continue;
      const meaning = findTitle(this.section!, title);
      const name = meaning && `${meaning.person ?? ''}/${meaning.keys.join()}`;
      if (!meaning) this.findings.push({ code: 'unknown_column', row, column, text: title });
      else if (seen.has(name!)) this.findings.push({ code: 'duplicate_column', row, column, text: title });
      else {
        seen.add(name!);
        this.columns.push({ column, title, ...meaning });
      }
    }
  }

  private hide(range: string): void {
    const [from = '', to = ''] = range.split(':');
    const [left, right] = [columnOf(from), columnOf(to)];
    const [top, bottom] = [from, to].map((reference) => Number(reference.replace(/^\D+/, ''))) as [number, number];
    if (!(bottom > this.headerRow) || this.headerRow <= 0) return;
    let isData = false;
    for (const [index, filled] of this.rows.entries()) {
      if (filled.row < top || filled.row > bottom) continue;
      isData = true;
      const hidden = [...(filled.hidden ?? [])];
      for (let column = left; column <= right; column++) {
        if (!(filled.row === top && column === left)) hidden.push(column);
      }
      this.rows[index] = { ...filled, hidden };
    }
    if (isData)
      this.findings.push({ code: 'merged_cells', row: Math.max(top, this.headerRow + 1), column: left, text: range });
  }
}

/** Sections in the order of the template, whatever the order of the sheets. */
export const sectionOrder = (key: SectionKey): number => sections.findIndex((each) => each.key === key);

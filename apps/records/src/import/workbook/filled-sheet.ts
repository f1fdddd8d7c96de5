import { sections, type Section, type SectionKey } from '@shidang/catalogue';
import { exampleMark, isReferenceSheet, sectionOfSheet, type KnownTitle } from '../../template/section-sheet';
import {
  headerMark,
  matchColumns,
  type Choices,
  type ColumnMatch,
  type HeaderColumn,
  type SheetChoices,
} from '../matching/match-columns';
import { findTarget } from '../matching/targets';
import type { KeptHeaders } from '../matching/workbook-choices';
import { columnOf, isBlank, type CellValue } from './cell-value';
import { ColumnContents, titlesOf, type ColumnContent } from './column-contents';
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

/** A column with what it is read as and the first different contents below its header. */
export interface MatchedColumn extends ColumnMatch, ColumnContent {}

export interface SheetHead {
  readonly sheet: string;
  /** Absent: the sheet is no section of the template. */
  readonly section?: SectionKey;
  readonly headerRow: number;
  readonly columns: readonly FilledColumn[];
  readonly findings: readonly SheetFinding[];
  /** Every column with a header or with something below it, imported or not. */
  readonly matched: readonly MatchedColumn[];
  /** Rows below the header. */
  readonly rows: number;
}

/** A row of data under the header, with the cells a merged range hides marked as such. */
export interface FilledRow {
  readonly row: number;
  readonly cells: ReadonlyMap<number, CellValue>;
  readonly hidden?: readonly number[];
  /** Cells changed on screen since the upload, and by which account. */
  readonly mended?: ReadonlyMap<number, string>;
}

/** What was said about the columns of a sheet: of this workbook, and of earlier ones by their header. */
export interface SheetSaid {
  readonly chosen?: SheetChoices | undefined;
  readonly kept?: KeptHeaders | undefined;
}

const headerWithin = 12;
const text = (value: CellValue | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** Collects the rows of one sheet: finds the header, leaves out the example row. */
export class FilledSheet {
  readonly section: Section | undefined;
  readonly rows: FilledRow[] = [];
  readonly findings: SheetFinding[] = [];
  private columns: FilledColumn[] = [];
  private matches: ColumnMatch[] = [];
  private contents = new ColumnContents([]);
  private filled: readonly ColumnContent[] = [];
  /** What was said before about this very header. */
  private kept: SheetChoices | undefined;
  private headerRow = 0;
  private rowsBelow = 0;

  constructor(
    readonly sheet: string,
    private readonly said: SheetSaid = {},
  ) {
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
    if ([...cells.values()].every(isBlank)) return;
    if (this.saysOnlyWho(cells)) return;
    this.rows.push({ row, cells });
    this.contents.take(cells);
  }

  /** What comes after the rows: merged ranges hide every cell but their first. */
  finish(tail: SheetTail): void {
    if (!this.section) return;
    if (this.headerRow === 0 && this.findings.length === 0) this.missHeader();
    if (this.headerRow > 0) this.settle();
    for (const range of tail.merged) this.hide(range);
  }

  head(): SheetHead {
    const { sheet, section, headerRow, columns, findings, matches, filled, rowsBelow: rows } = this;
    const matched = matches.map((match, at) => ({ ...filled[at]!, ...match }));
    return { sheet, ...(section && { section: section.key }), headerRow, columns, findings, matched, rows };
  }

  get numberColumn(): number | undefined {
    return this.columns.find((each) => each.person === 'number')?.column;
  }

  /** A line of the prefilled workbook nobody went on with: number and name, nothing about them. */
  private saysOnlyWho(cells: ReadonlyMap<number, CellValue>): boolean {
    if (this.section?.multiRecord !== true) return false;
    const who = new Set(this.columns.flatMap((each) => (each.person && each.keys.length === 0 ? [each.column] : [])));
    return [...cells].every(([column, value]) => who.has(column) || isBlank(value)) && who.size === 2;
  }

  private missHeader(): void {
    this.headerRow = -1;
    this.findings.push({ code: 'no_header', row: 1, text: this.sheet });
  }

  /** Found as on the first reading: what was chosen since is by the number of a column and would fit a line above as well. */
  private isHeader(cells: ReadonlyMap<number, CellValue>): boolean {
    const header = titlesOf(cells);
    const kept = this.keptFor(header);
    const known = matchColumns(this.section!.key, header, { ...(kept && { kept }) }).flatMap(
      ({ target }) => target ?? [],
    );
    const saysWhose = known.some((key) => findTarget(this.section!.key, key)!.known.person === 'number');
    // without the number in so many words most of the row must be the template's: then it is asked which column has it
    return known.length >= 2 && (saysWhose || known.length * 2 >= header.length);
  }

  private takeHeader(row: number, cells: ReadonlyMap<number, CellValue>): void {
    this.headerRow = row;
    const header = titlesOf(cells);
    this.kept = this.keptFor(header);
    this.contents = new ColumnContents(header);
    this.filled = this.contents.columns();
    // whose row it is has to be known before the rows are read; what stands below decides the rest
    this.columns = this.read(matchColumns(this.section!.key, header, this.choices));
  }

  private keptFor(header: readonly HeaderColumn[]): SheetChoices | undefined {
    return this.said.kept?.[headerMark(header)];
  }

  private get choices(): Choices {
    const { kept } = this;
    const { chosen } = this.said;
    return { ...(chosen && { chosen }), ...(kept && { kept }) };
  }

  private read(matches: readonly ColumnMatch[]): FilledColumn[] {
    return matches.flatMap(({ column, target }, at) => {
      const found = target === undefined ? undefined : findTarget(this.section!.key, target);
      return found ? [{ ...found.known, column, title: this.filled[at]!.title }] : [];
    });
  }

  /** All rows are there: what each column is read as, and which are not imported though something stands in them. */
  private settle(): void {
    this.filled = this.contents.columns();
    this.matches = matchColumns(this.section!.key, this.filled, this.choices);
    this.columns = this.read(this.matches);
    this.rowsBelow = this.rows.length;
    if (this.numberColumn === undefined) {
      this.rows.length = 0;
      this.findings.push({ code: 'no_header', row: this.headerRow, text: this.sheet });
      return;
    }
    for (const [at, { column, target, why }] of this.matches.entries()) {
      if (target !== undefined || why === 'empty') continue;
      const code = why === 'twice' ? 'duplicate_column' : 'unknown_column';
      this.findings.push({ code, row: this.headerRow, column, text: this.filled[at]!.title });
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

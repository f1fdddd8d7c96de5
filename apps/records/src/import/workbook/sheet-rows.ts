import { columnOf, dateOfSerial, type CellValue } from './cell-value';
import { limits, type InflateBudget } from './limits';
import { WorkbookFault } from './workbook-fault';
import { decodeEscapes, type SheetPart, type WorkbookParts } from './workbook-parts';
import { readXml } from './xml-events';

/** A row with content. `cells` by column, 1 = A; blank cells are absent. */
export interface SheetRow {
  /** As the spreadsheet shows it: the first is 1. */
  readonly row: number;
  readonly cells: ReadonlyMap<number, CellValue>;
}

export interface SheetTail {
  /** Ranges such as `B3:D3`. */
  readonly merged: readonly string[];
}

/** How many cells of the whole workbook may still come. */
export interface CellBudget {
  left: number;
}

/** The cell being read: type and style from its tag, text from what is inside. */
class OpenCell {
  column = 0;
  type = 'n';
  style = -1;
  value = '';
  formula = false;
}

/** Reads one sheet row by row. `each` is called in the order of the sheet, for rows with content only. */
export async function readSheet(
  bytes: Buffer,
  sheet: SheetPart,
  parts: WorkbookParts,
  budget: InflateBudget,
  cells: CellBudget,
  each: (row: SheetRow) => void,
  /** Waited for between pieces of the file: whoever writes on is not overrun. */
  rest?: () => Promise<void>,
): Promise<SheetTail> {
  const reader = new SheetReader(sheet.name, parts, cells, each);
  if (rest) reader.rest = rest;
  await readXml(bytes, sheet.entry, budget, reader);
  return { merged: reader.merged };
}

class SheetReader {
  readonly merged: string[] = [];
  rest: (() => Promise<void>) | undefined;
  private rowsSeen = 0;
  private row = 0;
  private cells = new Map<number, CellValue>();
  private cell = new OpenCell();
  private column = 0;
  private inValue = false;
  private inPhonetic = false;

  constructor(
    private readonly sheet: string,
    private readonly parts: WorkbookParts,
    private readonly budget: CellBudget,
    private readonly each: (row: SheetRow) => void,
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'c':
        return this.openCell(attributes);
      case 'v':
      case 't':
        this.inValue = !this.inPhonetic;
        return;
      case 'f':
        this.cell.formula = true;
        return;
      case 'rPh':
        this.inPhonetic = true;
        return;
      case 'row':
        return this.openRow(attributes);
      case 'mergeCell':
        if (attributes['ref'] && this.merged.length < 1000) this.merged.push(attributes['ref']);
        return;
      default:
    }
  }

  text(text: string): void {
    if (!this.inValue) return;
    if (this.cell.value.length > limits.characters) throw new WorkbookFault('unreadable', { part: this.sheet });
    this.cell.value += text;
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.inValue = false;
        return;
      case 'rPh':
        this.inPhonetic = false;
        return;
      case 'c': {
        const value = this.valueOf(this.cell);
        if (value !== undefined) this.cells.set(this.column, value);
        return;
      }
      case 'row':
        if (this.cells.size > 0) this.each({ row: this.row, cells: this.cells });
        return;
      default:
    }
  }

  private openRow(attributes: Readonly<Record<string, string>>): void {
    if (++this.rowsSeen > limits.rows)
      throw new WorkbookFault('tooManyRows', { sheet: this.sheet, limit: limits.rows });
    // some programs number neither rows nor cells: then they follow each other
    this.row = Number(attributes['r']) || this.row + 1;
    this.cells = new Map();
    this.column = 0;
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    if (--this.budget.left < 0) throw new WorkbookFault('tooManyCells', { limit: limits.cells });
    this.column = columnOf(attributes['r'] ?? '') || this.column + 1;
    if (this.column > limits.columns) {
      throw new WorkbookFault('tooManyColumns', { sheet: this.sheet, limit: limits.columns });
    }
    this.cell.type = attributes['t'] ?? 'n';
    this.cell.style = attributes['s'] === undefined ? -1 : Number(attributes['s']);
    this.cell.value = '';
    this.cell.formula = false;
  }

  private valueOf({ type, style, value, formula }: OpenCell): CellValue | undefined {
    if (formula) return { formula: true };
    if (value === '') return undefined;
    switch (type) {
      case 's':
        return this.parts.strings[Number(value)] || undefined;
      case 'str':
      case 'inlineStr':
        return decodeEscapes(value);
      case 'b':
        return value === '1' || value === 'true';
      case 'e':
        return { error: value };
      case 'd':
        return new Date(value.length > 10 ? `${value.replace(/Z$/, '')}Z` : value);
      default: {
        const number = Number(value);
        if (!Number.isFinite(number)) return value;
        return this.parts.dateStyles[style] ? dateOfSerial(number, this.parts.since1904) : number;
      }
    }
  }
}

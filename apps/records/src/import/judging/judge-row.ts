import {
  conditionHolds,
  findIndicator,
  identityFacts,
  isEmpty,
  normalise,
  rowViolations,
  type Category,
  type Fix,
  type Normalised,
  type Severity,
  type Value,
  type Words,
} from '@shidang/catalogue';
import {
  isErrorCell,
  isFormula,
  textOfCell,
  type CellValue,
  type ErrorCell,
  type FormulaCell,
} from '../workbook/cell-value';
import type { FilledColumn, FilledRow } from '../workbook/filled-sheet';
import type { CategorySheet, SheetColumn } from './category-sheet';
import { wordsOf, type Issue, type IssueCode } from './issue';

/** What is reported once for the whole workbook, however many rows and people meet it. */
export class Once {
  private readonly said: Set<string>;

  /** What was said before, when single people of the workbook are judged anew. */
  constructor(said: Iterable<string> = []) {
    this.said = new Set(said);
  }

  first(what: string): boolean {
    if (this.said.has(what)) return false;
    this.said.add(what);
    return true;
  }
}

/** How an issue is said, where it is not the usual way. */
interface IssueTerms {
  readonly fix?: Fix;
  readonly severity?: Severity;
  readonly row?: number;
  readonly value?: string;
  readonly once?: string;
}

/** One row under judgement: what it says, what is wrong with it. */
export class JudgedRow {
  readonly issues: Issue[] = [];
  readonly values: Record<string, Value> = {};
  /** Emptied in so many words (至今): a blank cell alone takes nothing away. */
  readonly cleared = new Set<string>();
  /** Keys whose cell was refused: nothing is concluded from them. */
  readonly refused = new Set<string>();
  isBad = false;

  constructor(
    readonly sheet: CategorySheet,
    readonly filled: FilledRow,
    private readonly once: Once,
  ) {}

  get row(): number {
    return this.filled.row;
  }

  /** Reads every cell; each that cannot be read is one issue. */
  read(): void {
    for (const column of this.sheet.columns) this.readCell(column);
    for (const column of this.sheet.foreign) {
      if (!this.filled.cells.has(column.column)) continue;
      const once = `${this.sheet.head.sheet}/${column.column}/${this.sheet.category}`;
      if (!this.once.first(once)) continue;
      const row = this.sheet.head.headerRow;
      this.sayAt(column, 'not_collected', wordsOf('not_collected'), { severity: 'warning', row, once });
    }
  }

  private readCell(sheetColumn: SheetColumn): void {
    const { column, key, indicator } = sheetColumn;
    if (this.filled.hidden?.includes(column.column)) {
      this.refuse(key);
      return;
    }
    const cell = this.filled.cells.get(column.column);
    if (cell === undefined) return;
    if (isFormula(cell) || isErrorCell(cell)) {
      const code = isFormula(cell) ? 'formula_cell' : 'error_cell';
      this.refuse(key);
      this.sayAt(column, code, wordsOf(code));
      return;
    }
    const result = readValue(sheetColumn, cell, this.sheet.category);
    if ('code' in result) {
      this.refuse(key);
      const value = indicator.sensitive ? undefined : textOfCell(cell);
      this.sayAt(column, result.code, labelled(column, indicator.en, result.words), { fix: result.fix, value });
    } else if (result.value !== undefined) this.values[key] = result.value;
    else if (!isBlank(cell)) this.cleared.add(key);
  }

  private refuse(key: string): void {
    this.refused.add(key);
    this.isBad = true;
  }

  /**
   * What the row becomes over what is on file: blank cells and absent columns keep what is there, except what the row
   * itself switches off.
   */
  over(before: Readonly<Record<string, Value>>): Record<string, Value> {
    const merged: Record<string, Value> = { ...before, ...this.values };
    for (const key of this.cleared) delete merged[key];
    for (const { key, indicator } of this.sheet.columns) {
      const rule = indicator.emptyWhen;
      if (!rule || merged[key] === undefined) continue;
      if (this.values[key] === undefined && !this.refused.has(key) && conditionHolds(rule, merged, this.sheet.category))
        delete merged[key];
    }
    return merged;
  }

  /** The rules of the catalogue over the whole row. */
  check(values: Readonly<Record<string, unknown>>, today: string): void {
    const { section, category, byKey } = this.sheet;
    for (const violation of rowViolations(section, values, category, { today, reported: this.refused })) {
      const column = violation.field === undefined ? undefined : byKey.get(violation.field);
      if (violation.code === 'required' && violation.field && !column) {
        this.missColumn(violation.field);
        continue;
      }
      const value = column && violation.field && this.quotedValue(column, violation.field, values, violation.words);
      this.sayAt(column, violation.code, violation.words, { ...violation, ...(value && { value }) });
    }
  }

  /** What the cell says, where the words repeat it: equal ones are one mistake then, others another. */
  private quotedValue(
    column: FilledColumn,
    key: string,
    values: Readonly<Record<string, unknown>>,
    { zh }: Words,
  ): string | undefined {
    const cell = this.filled.cells.get(column.column);
    if (cell === undefined || findIndicator(this.sheet.section, key)?.sensitive) return undefined;
    return zh.includes(String(values[key])) ? textOfCell(cell) : undefined;
  }

  private missColumn(key: string): void {
    this.isBad = true;
    const once = `${this.sheet.head.sheet}/${key}`;
    if (!this.once.first(once)) return;
    const label = findIndicator(this.sheet.section, key)?.zhName ?? key;
    this.issues.push({
      sheetOrder: this.sheet.order,
      sheet: this.sheet.head.sheet,
      row: this.sheet.head.headerRow,
      label,
      code: 'missing_column',
      severity: 'error',
      words: wordsOf('missing_column'),
      once,
    });
  }

  /** One issue at a column of this row; without a column the row as a whole is meant. */
  sayAt(
    column: FilledColumn | undefined,
    code: string,
    words: Words,
    { fix, severity = 'error', row = this.row, value, once }: IssueTerms = {},
  ): void {
    if (severity === 'error') this.isBad = true;
    this.issues.push({
      sheetOrder: this.sheet.order,
      sheet: this.sheet.head.sheet,
      row,
      ...(column && { column: column.column, label: column.title.replace(/^[*＊]/, '') }),
      code,
      severity,
      words,
      ...(fix && { fix }),
      ...(value !== undefined && { value }),
      ...(once !== undefined && { once }),
    });
  }

  say(key: string, code: IssueCode, facts: Readonly<Record<string, string | number>> = {}): void {
    this.sayAt(this.sheet.byKey.get(key), code, wordsOf(code, facts));
  }

  /** `C5`: where the value of an indicator stands. */
  columnOf(key: string): number | undefined {
    return this.sheet.byKey.get(key)?.column;
  }

  /** The first of the columns that identify the row: where a duplicate is shown. */
  get keyColumn(): FilledColumn | undefined {
    const keys = this.sheet.section.identifiedBy ?? [identityFacts.documentNumber];
    return keys.map((key) => this.sheet.byKey.get(key)).find((each) => each !== undefined);
  }
}

type PlainCell = Exclude<CellValue, FormulaCell | ErrorCell>;

const mostKnown = 2_000;

function readValue({ indicator, known }: SheetColumn, cell: PlainCell, category: Category): Normalised {
  if (indicator.type !== 'code' || typeof cell !== 'string') return normalise(indicator, cell, category);
  let result = known.get(cell);
  if (!result) {
    result = normalise(indicator, cell, category);
    if (known.size < mostKnown) known.set(cell, result);
  }
  return result;
}

const isBlank = (cell: CellValue) => isEmpty(cell) || (typeof cell === 'string' && cell.trim() === '');

const labelled = (column: FilledColumn, en: string, { zh, en: text }: Words): Words => ({
  zh: `${column.title.replace(/^[*＊]/, '')}：${zh}`,
  en: `${en}: ${text}`,
});

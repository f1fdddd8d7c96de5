import {
  findIndicator,
  indicatorsFor,
  sectionOf,
  type Category,
  type Indicator,
  type Normalised,
  type Section,
  type SectionKey,
} from '@shidang/catalogue';
import type { FilledColumn, SheetHead } from '../workbook/filled-sheet';

/** A column that holds an indicator. */
export interface SheetColumn {
  readonly column: FilledColumn;
  readonly key: string;
  readonly indicator: Indicator;
  /** What texts of this column were read as: choices from a list repeat thousands of times. */
  readonly known: Map<string, Normalised>;
}

/** A sheet with its columns assigned to the indicators of one category. */
export interface CategorySheet {
  readonly head: SheetHead;
  readonly order: number;
  readonly section: Section;
  readonly category: Category;
  readonly columns: readonly SheetColumn[];
  readonly byKey: ReadonlyMap<string, FilledColumn>;
  /** Columns that only other categories collect. */
  readonly foreign: readonly FilledColumn[];
  readonly number: FilledColumn | undefined;
  readonly name: FilledColumn | undefined;
}

function sheetFor(head: SheetHead & { section: SectionKey }, order: number, category: Category): CategorySheet {
  const section = sectionOf(head.section);
  const collected = new Set(indicatorsFor(section, category).map((each) => each.key));
  const columns: SheetColumn[] = [];
  const foreign: FilledColumn[] = [];
  for (const column of head.columns) {
    if (column.keys.length === 0) continue;
    const key = column.keys.find((each) => collected.has(each));
    if (key === undefined) foreign.push(column);
    else columns.push({ column, key, indicator: findIndicator(section, key)!, known: new Map() });
  }
  return {
    head,
    order,
    section,
    category,
    columns,
    byKey: new Map(columns.map(({ column, key }) => [key, column])),
    foreign,
    number: head.columns.find((each) => each.person === 'number'),
    name: head.columns.find((each) => each.person === 'name'),
  };
}

/** The sheets of one workbook as each category reads them. */
export class CategorySheets {
  private readonly known = new Map<string, CategorySheet | undefined>();

  constructor(private readonly heads: readonly SheetHead[]) {}

  /** Undefined for a sheet that is no section of the template. */
  of(sheet: number, category: Category): CategorySheet | undefined {
    const name = `${sheet}/${category}`;
    let found = this.known.get(name);
    const head = this.heads[sheet];
    if (!found && head?.section) {
      found = sheetFor({ ...head, section: head.section }, sheet, category);
      this.known.set(name, found);
    }
    return found;
  }
}

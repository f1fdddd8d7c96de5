import { categories, type Category, type SectionKey } from '@shidang/catalogue';
import type { Sql } from '@shidang/persistence';
import type { Caller } from '@shidang/access';
import type { ImportIgnored } from '@shidang/contracts';
import type { SheetHead } from '../workbook/filled-sheet';
import { headerMark, isDoubt, missingTargets } from './match-columns';
import type { WorkbookChoices } from './workbook-choices';

type SectionHead = SheetHead & { section: SectionKey };

/** Sheets of the template with rows: about the others there is nothing to ask. */
export const filledSheets = (heads: readonly SheetHead[]): readonly SectionHead[] =>
  heads.filter((head): head is SectionHead => head.section !== undefined && head.headerRow > 0 && head.rows > 0);

/** Of which categories rows may be: a school's own; an authority's workbook may have any. */
export async function categoriesOf(sql: Sql, caller: Caller): Promise<readonly Category[]> {
  const [row] = await sql<{ category: Category | null }>(`select category from organisation where code = $1`, [
    caller.orgCode,
  ]);
  return row?.category ? [row.category] : categories.map(({ key }) => key);
}

export function missingIn(
  { section, sheet, matched }: SectionHead,
  of: readonly Category[],
  { chosen, kept }: WorkbookChoices,
): readonly string[] {
  const without = [...(chosen?.[sheet]?.without ?? []), ...(kept?.[section]?.[headerMark(matched)]?.without ?? [])];
  return missingTargets(section, matched, of, without);
}

/** Is there a column nobody is sure about, or a required one missing? */
export const isDoubtful = (heads: readonly SheetHead[], of: readonly Category[], choices: WorkbookChoices): boolean =>
  filledSheets(heads).some((head) => head.matched.some(isDoubt) || missingIn(head, of, choices).length > 0);

/** What is left out by choice: columns with something in them that are read as nothing. */
export function ignoredIn(heads: readonly SheetHead[]): ImportIgnored | null {
  const columns = filledSheets(heads).flatMap((head) =>
    head.matched.filter(({ target, values }) => target === undefined && values > 0),
  );
  return columns.length === 0
    ? null
    : { columns: columns.length, values: columns.reduce((sum, { values }) => sum + values, 0) };
}

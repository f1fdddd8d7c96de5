import type { Category, SectionKey } from '@shidang/catalogue';
import { importRefusals, type SheetChoice } from '@shidang/contracts';
import { columnLetter, columnOf } from '../workbook/cell-value';
import type { SheetHead } from '../workbook/filled-sheet';
import { isDoubt, requiredMissing, type SheetChoices } from './match-columns';
import { findTarget, labelOfTarget, numberTarget } from './targets';

type SectionHead = SheetHead & { section: SectionKey };

/** A sheet whose columns somebody has decided on. */
export interface DecidedSheet {
  readonly head: SectionHead;
  /** With what was said before about this workbook. */
  readonly choices: SheetChoices;
  /** What was said now. */
  readonly said: SheetChoices;
}

interface Said {
  readonly head: SectionHead;
  readonly said: SheetChoice | undefined;
  readonly before: SheetChoices | undefined;
  /** Required targets the organisation's sheets have gone on without. */
  readonly without: readonly string[];
  readonly of: readonly Category[];
}

/** What is said about a sheet, when nothing is left in doubt and no indicator stands in two columns; nothing for a sheet nobody has to say anything about. */
export function saidOf({ head, said, before, without, of }: Said): DecidedSheet[] {
  const now = choicesOf(head, said);
  const columns = { ...before?.columns, ...now.columns };
  const target = ({ column, target: found }: { column: number; target?: string }): string | undefined =>
    columns[column] === undefined ? found : (columns[column] ?? undefined);
  const open = head.matched.filter((each) => isDoubt(each) && columns[each.column] === undefined);
  const gone = [...(before?.without ?? []), ...now.without, ...without];
  const there = new Set(head.matched.flatMap((each) => target(each) ?? []));
  const missing = requiredMissing(head.section, there, of).filter((key) => !gone.includes(key));
  if (open.length + missing.length > 0) {
    const names = [
      ...open.map(({ column, title }) => `${columnLetter(column)} ${title}`.trim()),
      ...missing.map((key) => labelOfTarget(findTarget(head.section, key)!, head.section, of[0]!)),
    ];
    throw importRefusals.columnsUndecided({ sheet: head.sheet, columns: names.join('、') });
  }
  refuseTwice(head, target, of);
  if (!said) return [];
  return [{ head, said: now, choices: { columns, without: [...(before?.without ?? []), ...now.without] } }];
}

function choicesOf(head: SectionHead, said: SheetChoice | undefined): SheetChoices {
  const columns: Record<string, string | null> = {};
  for (const { column: letter, indicator } of said?.columns ?? []) {
    const column = columnOf(letter);
    const isThere = head.matched.some((each) => each.column === column);
    if (!isThere || (indicator !== undefined && !findTarget(head.section, indicator)))
      throw importRefusals.columnUnknown({ sheet: head.sheet, column: letter });
    columns[column] = indicator ?? null;
  }
  const without = said?.without ?? [];
  const odd = without.find((key) => !findTarget(head.section, key) || key === numberTarget(head.section));
  // without the number nobody knows whose row it is: the sheet cannot go on
  if (odd !== undefined) throw importRefusals.columnUnknown({ sheet: head.sheet, column: odd });
  return { columns, without };
}

function refuseTwice(
  head: SectionHead,
  targetOf: (column: SectionHead['matched'][number]) => string | undefined,
  of: readonly Category[],
): void {
  const columnsOf = new Map<string, number[]>();
  for (const each of head.matched) {
    const key = targetOf(each);
    if (key !== undefined) columnsOf.set(key, [...(columnsOf.get(key) ?? []), each.column]);
  }
  for (const [key, columns] of columnsOf) {
    if (columns.length < 2) continue;
    const label = labelOfTarget(findTarget(head.section, key)!, head.section, of[0]!);
    throw importRefusals.columnTwice({ sheet: head.sheet, label, columns: columns.map(columnLetter).join('、') });
  }
}

import type { components } from '@shidang/client';

export type HeaderSheet = components['schemas']['HeaderSheet'];
export type HeaderColumn = components['schemas']['HeaderColumnView'];
export type SheetChoice = components['schemas']['SheetChoice'];

/** What is chosen for a column: the key of an indicator; null = not imported; absent = nothing yet. */
export type Choice = string | null | undefined;
export type Choices = Readonly<Record<string, Choice>>;

export const placeOf = (sheet: string, column: string): string => `${sheet}/${column}`;

/** The likeliest is chosen beforehand, to be looked at; what nobody knows is not. Of two columns for one indicator only the first has it. */
export function firstChoices(sheets: readonly HeaderSheet[]): Choices {
  const choices: Record<string, Choice> = {};
  for (const { sheet, columns } of sheets) {
    const taken = new Set(columns.flatMap(({ indicator }) => indicator ?? []));
    for (const { column, isSure, indicator, proposals, why } of columns) {
      if (isSure) {
        choices[placeOf(sheet, column)] = indicator ?? null;
        continue;
      }
      const free = proposals.find((each) => !taken.has(each));
      if (free !== undefined && why !== 'several') {
        taken.add(free);
        choices[placeOf(sheet, column)] = free;
      } else choices[placeOf(sheet, column)] = why === 'twice' ? null : undefined;
    }
  }
  return choices;
}

/** Columns nobody has decided on, in the order of the workbook. */
export const undecided = (sheets: readonly HeaderSheet[], choices: Choices): readonly string[] =>
  sheets.flatMap(({ sheet, columns }) =>
    columns.map(({ column }) => placeOf(sheet, column)).filter((place) => choices[place] === undefined),
  );

/** Indicators of a sheet that stand in two columns. */
export function doubled({ sheet, columns }: HeaderSheet, choices: Choices): readonly string[] {
  const seen = new Set<string>();
  return columns.flatMap(({ column }) => {
    const choice = choices[placeOf(sheet, column)];
    if (typeof choice !== 'string' || !seen.has(choice)) {
      if (typeof choice === 'string') seen.add(choice);
      return [];
    }
    return [choice];
  });
}

/** Required indicators of a sheet that no column holds as things are chosen. */
export function stillMissing({ sheet, columns, targets, missing }: HeaderSheet, choices: Choices): readonly string[] {
  const there = new Set(columns.map(({ column }) => choices[placeOf(sheet, column)]));
  const wanted = new Set([
    ...missing,
    ...targets.flatMap(({ indicator, isRequired }) =>
      isRequired && columns.some((each) => each.indicator === indicator) ? [indicator] : [],
    ),
  ]);
  return [...wanted].filter((key) => !there.has(key));
}

/** What is sent: every column in doubt and every one that was changed; the sheet goes on without what is missing. */
export function saidOf(sheets: readonly HeaderSheet[], choices: Choices): SheetChoice[] {
  return sheets.flatMap((of) => {
    const columns = of.columns.flatMap(({ column, isSure, indicator }) => {
      const choice = choices[placeOf(of.sheet, column)];
      if (choice === undefined || (isSure && choice === (indicator ?? null))) return [];
      return [choice === null ? { column } : { column, indicator: choice }];
    });
    const without = [...stillMissing(of, choices)];
    return columns.length + without.length === 0 ? [] : [{ sheet: of.sheet, columns, without }];
  });
}

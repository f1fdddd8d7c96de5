import type { Code, CodeTable } from './code-table';
import { abilityTables } from './code-tables/ability';
import { achievementTables } from './code-tables/achievement';
import { educationTables } from './code-tables/education';
import { employmentTables } from './code-tables/employment';
import { personTables } from './code-tables/person';
import { proTitleTables } from './code-tables/pro-title';
import { schoolTables } from './code-tables/school';
import { teachingTables } from './code-tables/teaching';
import type { Category, Indicator } from './section';

export const codeTables: readonly CodeTable[] = [
  ...personTables,
  ...educationTables,
  ...employmentTables,
  ...proTitleTables,
  ...teachingTables,
  ...achievementTables,
  ...abilityTables,
  ...schoolTables,
];

interface Indexed {
  readonly table: CodeTable;
  readonly codes: ReadonlyMap<string, Code>;
}

const byKey: ReadonlyMap<string, Indexed> = new Map(
  codeTables.map((table) => [table.key, { table, codes: new Map(table.codes.map((code) => [code.code, code])) }]),
);

export const codeTable = (key: string): CodeTable | undefined => byKey.get(key)?.table;

export const findCode = (table: string, code: string): Code | undefined => byKey.get(table)?.codes.get(code);

/** The codes of a table by code: for loops that must not pay for two look-ups. */
export const codesOf = (table: string): ReadonlyMap<string, Code> => byKey.get(table)?.codes ?? new Map();

/** The name to show for a code; the code itself when the table does not know it (an older version may have). */
export const codeName = (table: string, code: string): string => findCode(table, code)?.name ?? code;

export const codeTableKeyFor = (indicator: Indicator, category: Category): string | undefined =>
  indicator.codeTableByCategory?.[category] ?? indicator.codeTable;

export function codeTableFor(indicator: Indicator, category: Category): CodeTable | undefined {
  const key = codeTableKeyFor(indicator, category);
  return key === undefined ? undefined : codeTable(key);
}

/** A level belongs under the categories it names, and under the heading above them (1 for 11 and 12); without any, under all. */
export const belongsUnder = (
  level: Code | undefined,
  category: string,
  of: ReadonlyMap<string, Code> | undefined,
): boolean =>
  !level?.categories || level.categories.some((each) => each === category || of?.get(each)?.parent === category);

/** 办学类型 → the category its people are collected with, and whether it is an attached class. */
export const categoryOfSchool = (runType: string): { category: Category; attached: boolean } | undefined => {
  const found = findCode('schoolRunType', runType);
  return found?.category && { category: found.category, attached: found.attached === true };
};

/** Person status 3xx: retired, dead, resigned … leavers leave the counts. */
export const hasLeft = (personStatus: string): boolean => findCode('personStatus', personStatus)?.left === true;

import type { Category, SectionKey } from '@shidang/catalogue';
import { bareTitle } from '../../template/section-sheet';
import { likeness } from './plain-title';
import { allTargets, requiredTargets, targetOfTitle, targetsOfWording } from './targets';

/** A column with something in it, and how much stands below its header. */
export interface HeaderColumn {
  readonly column: number;
  /** Empty: values stand below a cell of the header with nothing in it. */
  readonly title: string;
  /** Cells with content below it. */
  readonly values: number;
}

/** What somebody has said about the columns of a sheet, by number, A = 1: the target's key, or null for “not imported”. */
export interface SheetChoices {
  readonly columns: Readonly<Record<string, string | null>>;
  /** Required targets the sheet is without. */
  readonly without: readonly string[];
}

export interface Choices {
  /** For this workbook. */
  readonly chosen?: SheetChoices;
  /** For an earlier one of the organisation with the same header. */
  readonly kept?: SheetChoices;
}

export const sureReasons = ['title', 'wording', 'kept', 'chosen', 'empty'] as const;
export const doubts = ['similar', 'several', 'twice', 'unknown'] as const;
export type Doubt = (typeof doubts)[number];

/** What a column is read as and why. Without a target it is not imported. */
export interface ColumnMatch {
  readonly column: number;
  readonly target?: string;
  readonly why: (typeof sureReasons)[number] | Doubt;
  /** The likeliest first; for a column in doubt. */
  readonly proposals: readonly string[];
}

export const isDoubt = ({ why }: Pick<ColumnMatch, 'why'>): boolean => doubts.some((doubt) => doubt === why);

/** Tells one header from another: every title with its place, but for spaces, width and stars. */
export const headerMark = (header: readonly Pick<HeaderColumn, 'column' | 'title'>[]): string =>
  header.flatMap(({ column, title }) => (title === '' ? [] : [`${column} ${bareTitle(title)}`])).join('\n');

interface Found {
  readonly column: HeaderColumn;
  readonly why: ColumnMatch['why'];
  readonly target?: string;
  readonly several?: readonly string[];
}

const rank: Readonly<Partial<Record<ColumnMatch['why'], number>>> = { chosen: 0, kept: 1, title: 2, wording: 3 };

function find(section: SectionKey, column: HeaderColumn, { chosen, kept }: Choices): Found {
  for (const [why, choices] of [
    ['chosen', chosen],
    ['kept', kept],
  ] as const) {
    const said = choices?.columns[column.column];
    if (said !== undefined) return { column, why, ...(said !== null && { target: said }) };
  }
  const exact = targetOfTitle(section, column.title);
  if (exact !== undefined) return { column, why: 'title', target: exact };
  const [one, ...more] = targetsOfWording(section, column.title);
  if (one !== undefined && more.length === 0) return { column, why: 'wording', target: one };
  if (column.values === 0) return { column, why: 'empty' };
  return one === undefined ? { column, why: 'unknown' } : { column, why: 'several', several: [one, ...more] };
}

const mostProposals = 3;
const leastLikeness = 0.45;

function similarTo(section: SectionKey, title: string, taken: ReadonlySet<string>): string[] {
  return allTargets(section)
    .filter(({ key }) => !taken.has(key))
    .map(({ key, titles }) => ({ key, like: Math.max(...titles.map((each) => likeness(each, title))) }))
    .filter(({ like }) => like >= leastLikeness)
    .sort((a, b) => b.like - a.like)
    .slice(0, mostProposals)
    .map(({ key }) => key);
}

/** What a column may be by its header alone, the likeliest first: for whoever shows a content that may be sensitive. */
export const likelyTargets = (section: SectionKey, title: string): readonly string[] => [
  ...[targetOfTitle(section, title)].filter((key) => key !== undefined),
  ...targetsOfWording(section, title),
  ...similarTo(section, title, new Set()),
];

/**
 * What each column of a sheet is read as: as somebody chose, as it was chosen before, by the header, by its plain wording. Where two columns mean the same, the
 * surer one has it; what is left over is in doubt, with proposals.
 */
export function matchColumns(section: SectionKey, header: readonly HeaderColumn[], choices: Choices): ColumnMatch[] {
  const found = header.map((column) => find(section, column, choices));
  const holders = new Map<string, Found | 'several'>();
  for (const each of found) {
    if (each.target === undefined) continue;
    const before = holders.get(each.target);
    holders.set(each.target, before === undefined ? each : surer(before, each));
  }
  const taken = new Set([...holders].flatMap(([target, holder]) => (holder === 'several' ? [] : [target])));
  return found.map((each) => {
    const { column, why, target, several } = each;
    if (target !== undefined && holders.get(target) === each)
      return { column: column.column, target, why, proposals: [] };
    if (target !== undefined && column.values === 0) return { column: column.column, why: 'empty', proposals: [] };
    if (target !== undefined)
      return { column: column.column, why: 'twice', proposals: taken.has(target) ? [] : [target] };
    if (several) return { column: column.column, why, proposals: several.filter((one) => !taken.has(one)) };
    if (why !== 'unknown') return { column: column.column, why, proposals: [] };
    const proposals = similarTo(section, column.title, taken);
    return { column: column.column, why: proposals.length > 0 ? 'similar' : 'unknown', proposals };
  });
}

/** Of two columns that mean the same: an empty one means nothing, what somebody said counts for more than what was found. */
function surer(one: Found | 'several', other: Found): Found | 'several' {
  if (one === 'several') return one;
  if ((one.column.values === 0) !== (other.column.values === 0)) return one.column.values === 0 ? other : one;
  const [a, b] = [rank[one.why]!, rank[other.why]!];
  if (a === b) return one.column.values === 0 ? one : 'several';
  return a < b ? one : other;
}

/** Required targets that are not among these. */
export const requiredMissing = (
  section: SectionKey,
  there: ReadonlySet<string>,
  categories: readonly Category[],
): readonly string[] => requiredTargets(section, categories).filter((key) => !there.has(key));

/** Required targets no column is read as, and nobody said the sheet is without. */
export const missingTargets = (
  section: SectionKey,
  matches: readonly ColumnMatch[],
  categories: readonly Category[],
  without: readonly string[],
): readonly string[] =>
  requiredMissing(section, new Set(matches.flatMap(({ target }) => target ?? [])), categories).filter(
    (key) => !without.includes(key),
  );

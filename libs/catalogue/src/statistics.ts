import { codeTableKeyFor } from './code-tables';
import { derived } from './derived';
import { collectedIn, findIndicator, labelOf, sections } from './catalogue';
import { isEmpty, type Category, type Indicator, type SectionKey, type TeacherRecord, type Words } from './section';

/** Something statistics may be broken down by: a coded indicator, of a single section or of repeating rows. */
export interface Dimension {
  /** `section.indicator`, the key of the fact. */
  readonly key: string;
  readonly section: SectionKey;
  readonly indicator: Indicator;
  readonly label: Words;
  /** one = one value per person; many = the values of all rows. */
  readonly values: 'one' | 'many';
}

/**
 * Every coded indicator that is not sensitive. Codes only: a fact never holds a name, number or free text, so it may
 * travel in events and live in read models.
 */
export const dimensions: readonly Dimension[] = sections.flatMap((section) =>
  section.indicators
    .filter((each) => each.type === 'code' && !each.sensitive && each.identityFact !== 'documentType')
    .map((indicator) => ({
      key: `${section.key}.${indicator.key}`,
      section: section.key,
      indicator,
      label: { zh: `${section.zhName}·${labelOf(indicator).zh}`, en: `${section.en}: ${indicator.en}` },
      values: section.multiRecord || indicator.multiValue ? ('many' as const) : ('one' as const),
    })),
);

export type CodedFacts = Readonly<Record<string, string | readonly string[]>>;

/** The coded facts of one record, by dimension key; derived values included, empty ones left out. */
export function codedFacts(record: TeacherRecord, category: Category): CodedFacts {
  const known = derived(record, category);
  const facts: Record<string, string | readonly string[]> = {};
  for (const { key, section, indicator, values } of dimensions) {
    if (!collectedIn(indicator, category)) continue;
    const found = indicator.derivedFrom
      ? [known[indicator.key]]
      : (record[section] ?? []).map((row) => row.values[indicator.key]);
    const codes = [...new Set(found.flat().filter((each) => typeof each === 'string' && !isEmpty(each)))].sort();
    const [first] = codes;
    if (first !== undefined) facts[key] = values === 'one' ? String(first) : codes.map(String);
  }
  return facts;
}

/** The code table a dimension's codes are named by; staff categories have one per school category. */
export const dimensionTable = (key: string, category: Category): string | undefined => {
  const [section, indicator] = key.split('.') as [SectionKey, string];
  const found = sections.some((each) => each.key === section) ? findIndicator(section, indicator) : undefined;
  return found && codeTableKeyFor(found, category);
};

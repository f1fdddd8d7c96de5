import {
  categories,
  otherLabels,
  personLabels,
  sectionOf,
  templateColumns,
  type Category,
  type SectionKey,
} from '@shidang/catalogue';
import { bareTitle, findTitle, sheetColumns, type KnownTitle } from '../../template/section-sheet';
import { plainTitle } from './plain-title';

/** What a column of a section may hold: an indicator, or whose row it is. */
export interface MatchTarget {
  /** Key of the indicator; `person.number` and `person.name` where the section has none for them. */
  readonly key: string;
  readonly known: KnownTitle;
  /** Headers of the template, one or several by category. */
  readonly titles: readonly string[];
}

export const targetKey = ({ person, keys }: KnownTitle): string => keys[0] ?? `person.${person!}`;

interface SectionTargets {
  readonly byKey: ReadonlyMap<string, MatchTarget>;
  /** Targets behind each plain form of a header or another name: one is sure. */
  readonly byWording: ReadonlyMap<string, ReadonlySet<string>>;
}

const built = new Map<SectionKey, SectionTargets>();

function targetsOf(section: SectionKey): SectionTargets {
  let targets = built.get(section);
  if (!targets) built.set(section, (targets = build(section)));
  return targets;
}

function build(key: SectionKey): SectionTargets {
  const section = sectionOf(key);
  const byKey = new Map<string, MatchTarget>();
  const byWording = new Map<string, Set<string>>();
  const word = (text: string, target: string) => {
    const plain = plainTitle(text);
    byWording.set(plain, (byWording.get(plain) ?? new Set()).add(target));
  };
  for (const { key: category } of categories) {
    for (const { column } of sheetColumns(section, category)) {
      const known = findTitle(section, column.header)!;
      const name = targetKey(known);
      const before = byKey.get(name);
      const titles = [...new Set([...(before?.titles ?? []), column.header])];
      byKey.set(name, { key: name, known: joined(before?.known, known), titles });
      word(column.header, name);
    }
  }
  for (const [label, name] of Object.entries(otherLabels[key] ?? {})) if (byKey.has(name)) word(label, name);
  for (const [label, person] of Object.entries(personLabels)) {
    const target = [...byKey.values()].find(({ known }) => known.person === person);
    if (target) word(label, target.key);
  }
  return { byKey, byWording };
}

const joined = (before: KnownTitle | undefined, { person, keys }: KnownTitle): KnownTitle => ({
  ...(person && { person }),
  keys: [...new Set([...(before?.keys ?? []), ...keys])],
});

export const findTarget = (section: SectionKey, key: string): MatchTarget | undefined =>
  targetsOf(section).byKey.get(key);

export const allTargets = (section: SectionKey): readonly MatchTarget[] => [...targetsOf(section).byKey.values()];

/** The target whose header this is, letter by letter but for spaces, width and stars. */
export function targetOfTitle(section: SectionKey, title: string): string | undefined {
  const known = findTitle(sectionOf(section), title);
  return known && targetKey(known);
}

/** Targets of the same plain wording, former names included. */
export const targetsOfWording = (section: SectionKey, title: string): readonly string[] => [
  ...(targetsOf(section).byWording.get(plainTitle(title)) ?? []),
];

/** The document number says whose row it is: without it nothing of a sheet can be read. */
export const numberTarget = (section: SectionKey): string =>
  allTargets(section).find(({ known }) => known.person === 'number')!.key;

/** Without these a row of the section cannot be whole, in any of the categories. */
export function requiredTargets(section: SectionKey, of: readonly Category[]): readonly string[] {
  return allTargets(section)
    .filter(({ known }) => known.person === 'number' || of.every((category) => isRequired(section, known, category)))
    .map(({ key }) => key);
}

const isRequired = (section: SectionKey, { keys }: KnownTitle, category: Category): boolean =>
  templateColumns(section, category).some((each) => keys.includes(each.key) && each.required === 'always');

/** How the category calls it. */
export function labelOfTarget({ titles }: MatchTarget, section: SectionKey, category: Category): string {
  const own = new Set(sheetColumns(sectionOf(section), category).map(({ column }) => bareTitle(column.header)));
  return titles.find((title) => own.has(bareTitle(title))) ?? titles[0]!;
}

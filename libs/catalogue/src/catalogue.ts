import { achievement } from './sections/achievement';
import { assessment } from './sections/assessment';
import { basic } from './sections/basic';
import { contact } from './sections/contact';
import { education } from './sections/education';
import { ethics } from './sections/ethics';
import { overseas } from './sections/overseas';
import { pay } from './sections/pay';
import { post } from './sections/post';
import { proTitle } from './sections/pro-title';
import { qualification } from './sections/qualification';
import { rotation } from './sections/rotation';
import { skill } from './sections/skill';
import { talent } from './sections/talent';
import { teaching } from './sections/teaching';
import { training } from './sections/training';
import { work } from './sections/work';
import type { Category, IdentityFact, Indicator, Section, SectionKey, Values, Words } from './section';

/** Stored beside every value and submission; raise it with every change of a row, rule or code. */
export const catalogueVersion = '2016.1';

/** The 17 sections 信息子集 in the order of the national template. */
export const sections: readonly Section[] = [
  basic,
  education,
  work,
  post,
  proTitle,
  pay,
  assessment,
  qualification,
  ethics,
  teaching,
  achievement,
  talent,
  training,
  overseas,
  skill,
  rotation,
  contact,
];

const byKey: ReadonlyMap<string, Section> = new Map(sections.map((section) => [section.key, section]));

/** For keys that come from outside, where they may be anything. */
export const findSection = (key: string): Section | undefined => byKey.get(key);

/** Throws on an unknown key: a programming error, check outside input with `findSection` first. */
export function sectionOf(key: SectionKey): Section {
  const section = byKey.get(key);
  if (!section) throw new RangeError(`no section ${String(key)}`);
  return section;
}

export const collectedIn = (indicator: Indicator, category: Category): boolean =>
  !indicator.schoolCategories || indicator.schoolCategories.includes(category);

const perCategory = new Map<Section, Map<Category, readonly Indicator[]>>();

/** The indicators collected in a category, in template order (the same array on every call). */
export function indicatorsFor(section: Section | SectionKey, category: Category): readonly Indicator[] {
  const of = typeof section === 'string' ? sectionOf(section) : section;
  let known = perCategory.get(of);
  if (!known) perCategory.set(of, (known = new Map()));
  let indicators = known.get(category);
  if (!indicators) known.set(category, (indicators = of.indicators.filter((each) => collectedIn(each, category))));
  return indicators;
}

export const findIndicator = (section: Section | SectionKey, key: string): Indicator | undefined =>
  (typeof section === 'string' ? sectionOf(section) : section).indicators.find((each) => each.key === key);

/** The label as the category calls it (进本校年月 is 进本园年月 in kindergartens). */
export const labelOf = (indicator: Indicator, category?: Category): Words => ({
  zh: (category && indicator.labelIn?.[category]) ?? indicator.zhName,
  en: indicator.en,
});

/** Keys of the basic section that hold the facts which make a person; they are columns of `teacher`, not entry values. */
export const identityFacts: Readonly<Record<IdentityFact, string>> = Object.fromEntries(
  basic.indicators.flatMap((each) => ('identityFact' in each ? [[each.identityFact, each.key]] : [])),
) as Record<IdentityFact, string>;

/** Defaults of a new row, ready to be shown and changed. */
export const defaultsFor = (section: Section | SectionKey, category: Category): Record<string, string | string[]> =>
  Object.fromEntries(
    indicatorsFor(section, category).flatMap((each) =>
      each.default === undefined ? [] : [[each.key, each.multiValue ? [each.default] : each.default]],
    ),
  );

/** The identity facts as values of the basic section, to be merged with its row before it is checked or shown. */
export const identityValues = (facts: Readonly<Partial<Record<IdentityFact, string>>>): Values =>
  Object.fromEntries(Object.entries(facts).map(([fact, value]) => [identityFacts[fact as IdentityFact], value]));

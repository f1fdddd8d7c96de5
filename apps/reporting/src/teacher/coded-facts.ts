import { dimensions } from '@shidang/catalogue';

/** Coded values of an effective record: those most asked for in columns of their own, every other one by its key. */
export interface CodedFacts {
  readonly highestEducation: string | null;
  readonly highestDegree: string | null;
  readonly proTitle: string | null;
  readonly postCategory: string | null;
  readonly postLevel: string | null;
  readonly onEstablishment: string | null;
  readonly ethnicity: string | null;
  readonly backbone: string | null;
  readonly teachingStatus: readonly string[];
  readonly political: readonly string[];
  readonly teachingStages: readonly string[];
  readonly courses: readonly string[];
  readonly qualifications: readonly string[];
  readonly facts: Readonly<Record<string, string | readonly string[]>>;
}

type Typed = Exclude<keyof CodedFacts, 'facts'>;

/**
 * Columns beside the catalogue's dimensions (`section.indicator`). A column only makes a table quicker: extracting from
 * jsonb costs some 5 µs a person, which shows at a province's 600,000.
 */
export const typedFacts: Readonly<Record<Typed, string>> = {
  highestEducation: 'basic.highestEducation',
  highestDegree: 'basic.highestDegreeLevel',
  proTitle: 'basic.currentProTitle',
  postCategory: 'basic.currentPostCategory',
  postLevel: 'basic.currentPostLevel',
  onEstablishment: 'basic.onEstablishment',
  ethnicity: 'basic.ethnicity',
  backbone: 'basic.isBackboneTeacher',
  teachingStatus: 'teaching.teachingStatus',
  political: 'basic.political',
  teachingStages: 'teaching.stage',
  courses: 'teaching.course',
  qualifications: 'qualification.type',
};

type Facts = Readonly<Record<string, string | readonly string[]>>;

const known = new Map(dimensions.map((dimension) => [dimension.key, dimension]));
const typed = new Set(Object.values(typedFacts));

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : (value ?? []);

/** As the dimension has it: one code or none, or a list. */
const valueOf = (facts: Facts, key: string): string | null | readonly string[] => {
  const codes = listOf(facts[key]);
  return known.get(key)?.values === 'many' ? [...codes].sort() : (codes[0] ?? null);
};

/** Told facts in their places; keys the catalogue does not know are left out. */
export function codedFacts(told: Facts): CodedFacts {
  const columns = Object.entries(typedFacts).map(([column, key]) => [column, valueOf(told, key)]);
  const others = Object.keys(told)
    .filter((key) => known.has(key) && !typed.has(key))
    .sort()
    .map((key) => [key, valueOf(told, key)]);
  return { ...Object.fromEntries(columns), facts: Object.fromEntries(others) } as CodedFacts;
}

export const noFacts: CodedFacts = codedFacts({});

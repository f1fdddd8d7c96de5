/** Coded values of an effective record, in the columns statistics count by. */
export interface CodedFacts {
  readonly highestEducation: string | null;
  readonly highestDegree: string | null;
  readonly proTitle: string | null;
  readonly postCategory: string | null;
  readonly postLevel: string | null;
  readonly onEstablishment: string | null;
  readonly ethnicity: string | null;
  readonly backbone: string | null;
  readonly teachingStatus: string | null;
  readonly political: readonly string[];
  readonly teachingStages: readonly string[];
  readonly courses: readonly string[];
  readonly qualifications: readonly string[];
}

type Single = { [K in keyof CodedFacts]: CodedFacts[K] extends string | null ? K : never }[keyof CodedFacts];
type Several = Exclude<keyof CodedFacts, Single>;

/** Which coded value of the catalogue (`section.indicator`) fills which column. */
export const singleFacts: Readonly<Record<Single, string>> = {
  highestEducation: 'basic.highestEducation',
  highestDegree: 'basic.highestDegreeLevel',
  proTitle: 'basic.currentProTitle',
  postCategory: 'basic.currentPostCategory',
  postLevel: 'basic.currentPostLevel',
  onEstablishment: 'basic.onEstablishment',
  ethnicity: 'basic.ethnicity',
  backbone: 'basic.isBackboneTeacher',
  teachingStatus: 'teaching.teachingStatus',
};

/** Columns with several codes a person. */
export const severalFacts: Readonly<Record<Several, readonly string[]>> = {
  political: ['basic.political'],
  teachingStages: ['teaching.stage'],
  // courses of special and vocational schools have tables of their own, whose codes would mix
  courses: ['teaching.course'],
  qualifications: ['qualification.type'],
};

type Facts = Readonly<Record<string, string | readonly string[]>>;

const listOf = (facts: Facts, key: string): readonly string[] => {
  const value = facts[key] ?? [];
  return typeof value === 'string' ? [value] : value;
};

export const noFacts: CodedFacts = codedFacts({});

/** Repeating rows give several codes; where a person has one, the first is it. Unknown keys are left out. */
export function codedFacts(facts: Facts): CodedFacts {
  const singles = Object.entries(singleFacts).map(([column, key]) => [column, listOf(facts, key)[0] ?? null]);
  const several = Object.entries(severalFacts).map(([column, keys]) => [
    column,
    [...new Set(keys.flatMap((key) => listOf(facts, key)))].sort(),
  ]);
  return Object.fromEntries([...singles, ...several]) as CodedFacts;
}

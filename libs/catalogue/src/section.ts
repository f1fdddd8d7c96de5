/** Text for users: Chinese first, English second. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** School category 学校类别: decides the template a person is collected with. */
export type Category = 'primarySecondary' | 'kindergarten' | 'vocational' | 'special';

export const categories: readonly { readonly key: Category; readonly zhName: string; readonly en: string }[] = [
  { key: 'primarySecondary', zhName: '中小学', en: 'Primary and secondary school' },
  { key: 'kindergarten', zhName: '幼儿园', en: 'Kindergarten' },
  { key: 'vocational', zhName: '中等职业学校', en: 'Secondary vocational school' },
  { key: 'special', zhName: '特殊教育学校', en: 'Special school' },
];

export type SectionKey =
  | 'basic'
  | 'education'
  | 'work'
  | 'post'
  | 'proTitle'
  | 'pay'
  | 'assessment'
  | 'qualification'
  | 'ethics'
  | 'teaching'
  | 'achievement'
  | 'talent'
  | 'training'
  | 'overseas'
  | 'skill'
  | 'rotation'
  | 'contact';

/** month = yyyy-MM, division = GB/T 2260 six digits, file = id of an uploaded file. */
export type IndicatorType =
  'string' | 'text' | 'code' | 'date' | 'month' | 'year' | 'integer' | 'decimal' | 'division' | 'file';

/** What a string looks like inside: decides normalisation, check and mask. */
export type Form = 'personName' | 'document' | 'mobile' | 'phone' | 'email' | 'address' | 'certificate';

/** The facts that make a person 一人一号: the school's, never the teacher's. */
export type IdentityFact = 'name' | 'sex' | 'birthDate' | 'documentType' | 'documentNumber';

/** Where a read-only value of a single section comes from. */
export interface Derivation {
  readonly section: SectionKey;
  /** highest = best rank of the code `by` (ties: latest `tie`); latest = greatest `by` among rows whose `open` is empty. */
  readonly pick: 'highest' | 'latest';
  readonly by: string;
  readonly tie?: string;
  readonly open?: string;
  readonly take: string;
}

export type Filler = 'teacher' | 'school';

/** One line of the catalogue. Absent = false, none, or the section's own (fillableBy). */
export interface Indicator {
  readonly key: string;
  readonly zhName: string;
  readonly en: string;
  readonly type: IndicatorType;
  readonly codeTable?: string;
  readonly codeTableByCategory?: Readonly<Partial<Record<Category, string>>>;
  /** The value is a list of codes. */
  readonly multiValue?: boolean;
  readonly required?: boolean;
  readonly requiredIn?: readonly Category[];
  /** Condition over values of the same row, see `parseCondition`. */
  readonly requiredWhen?: string;
  /** The value is switched off (must be empty, is not drawn) while this holds; wins over every `required…`. */
  readonly emptyWhen?: string;
  /** Collected only in these categories. */
  readonly schoolCategories?: readonly Category[];
  readonly fillableBy?: Filler;
  /** Encrypted at rest, masked by default. */
  readonly sensitive?: boolean;
  /** Nobody types it: derived, or fed by another system. */
  readonly readOnly?: boolean;
  readonly derivedFrom?: Derivation;
  readonly default?: string;
  readonly maxLength?: number;
  readonly labelIn?: Readonly<Partial<Record<Category, string>>>;
  readonly form?: Form;
  readonly identityFact?: IdentityFact;
  /** Not after today, at its own precision. */
  readonly past?: boolean;
  /** A year that is over. */
  readonly closedYear?: boolean;
  /** Key of the value this one may equal or exceed, but not precede. */
  readonly notBefore?: string;
  /** Key of the value this one must exceed. */
  readonly after?: string;
  /** Blank means 至今. */
  readonly openEnd?: boolean;
  /** "0-无": this code excludes the others. */
  readonly alone?: string;
  /** Key of the code this level belongs under (`categories` of the level's row). */
  readonly levelOf?: string;
  readonly differsFrom?: string;
  /** Key of the code that must be this code's parent. */
  readonly parentIs?: string;
  readonly mustBe?: { readonly when: string; readonly code: string };
  /** Numbers; 0 when absent. */
  readonly min?: number;
  readonly max?: number;
  /** Shown in the import template. */
  readonly example?: string;
  /** Where the row comes from; absent = found in public implementations of the national template. */
  readonly source?: string;
  readonly note?: string;
}

/** Rows of a section that cover a time span. */
export interface Periods {
  readonly start: string;
  readonly end: string;
  /** latest = only the row that starts last may leave its end empty. */
  readonly openOnly?: 'latest';
}

/** 信息子集 */
export interface Section {
  readonly key: SectionKey;
  readonly zhName: string;
  readonly en: string;
  readonly fillableBy: Filler;
  /** 工作方案 三(三): assessment, pay, ethics and professional title are the organisation's, always. */
  readonly organisationOnly?: boolean;
  readonly multiRecord?: boolean;
  readonly atLeastOneRecord?: boolean;
  /** Natural key of a repeating row: re-importing the same content changes nothing. */
  readonly identifiedBy?: readonly string[];
  readonly periods?: Periods;
  readonly indicators: readonly Indicator[];
}

/** A normalised value: string (dates `YYYY-MM-DD`, months `YYYY-MM`, years `YYYY`), codes of a multi-value indicator, or a number. */
export type Value = string | readonly string[] | number;

/** One row, by indicator key. `unknown` because it arrives from jsonb, workbooks and browsers. */
export type Values = Readonly<Record<string, unknown>>;

export interface RecordRow {
  /** Entry id where there is one; violations name it, else the row's index. */
  readonly id?: string;
  readonly values: Values;
}

/** Everything known of one teacher: rows by section. */
export type TeacherRecord = Readonly<Partial<Record<SectionKey, readonly RecordRow[]>>>;

/** No value: undefined, null, blank text or an empty list. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

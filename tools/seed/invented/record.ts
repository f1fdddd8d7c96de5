import {
  codeTableFor,
  codesOf,
  conditionHolds,
  indicatorsFor,
  isEmpty,
  sections,
  type Category,
  type Indicator,
  type Section,
  type SectionKey,
} from '@shidang/catalogue';
import type { InventedPerson } from './person';
import type { Random } from './random';

export type InventedValues = Record<string, string | string[] | number>;
/** Rows by section, every one valid by the catalogue, read-only values left out. */
export type InventedRecord = Record<SectionKey, InventedValues[]>;

export interface Inventing {
  random: Random;
  person: InventedPerson;
  category: Category;
  /** Day the record is filled in, `YYYY-MM-DD`. */
  today: string;
  /** Rows per repeating section, where the section makes sense of more than one. */
  rows?: number;
  schoolName?: string;
}

const two = (n: number) => String(n).padStart(2, '0');

/** A whole record: 17 sections, or those that apply to the person. */
export function inventRecord(of: Inventing): InventedRecord {
  const record = {} as InventedRecord;
  for (const section of sections) {
    const rows = section.multiRecord ? (of.rows ?? of.random.between(1, 3)) : 1;
    record[section.key] = seeds(section, of, rows).map((seed) => completed(section, seed, of));
  }
  return record;
}

/** What makes each row itself; `completed` fills in the rest that the catalogue demands. */
function seeds(section: Section, of: Inventing, rows: number): InventedValues[] {
  const make = story[section.key];
  return Array.from({ length: rows }, (_, index) => make(of, index, rows));
}

const yearOf = (of: Inventing) => Number(of.today.slice(0, 4));
const bornIn = (of: Inventing) => Number(of.person.birthDate.slice(0, 4));
const firstJobYear = (of: Inventing) => bornIn(of) + 22;
/** A year of working life, from the first job to last year, spread by row. */
const workYear = (of: Inventing, index: number, rows: number) =>
  firstJobYear(of) + Math.floor(((yearOf(of) - 1 - firstJobYear(of)) * index) / Math.max(rows, 1));
const pastYear = (of: Inventing, index: number) => String(yearOf(of) - 1 - index);

const senior = {
  educationLevel: '61',
  years: [15, 18],
  major: '无',
  educationSchool: '丽水中学',
  isNormalMajor: '0',
  degreeLevel: '0',
} as const;
const college = {
  ...senior,
  educationLevel: '31',
  years: [18, 20],
  major: '初等教育',
  educationSchool: '丽水师范专科学校（示例）',
  isNormalMajor: '1',
} as const;
const bachelor = {
  educationLevel: '21',
  years: [18, 22],
  major: '小学教育',
  educationSchool: '丽水学院',
  isNormalMajor: '1',
  degreeLevel: '4',
  degreeName: '404',
} as const;
const bachelorAfterCollege = { ...bachelor, years: [20, 22] } as const;

/** The last so many steps of a way through school; whoever has more rows studied on, four years each. */
const waysOf = (rows: number) =>
  rows === 1 ? [bachelor] : rows === 2 ? [senior, bachelor] : [senior, college, bachelorAfterCollege];

const story: Record<SectionKey, (of: Inventing, index: number, rows: number) => InventedValues> = {
  basic: (of) => ({
    name: of.person.name,
    sex: of.person.sex,
    idDocType: of.person.document.type,
    idNo: of.person.document.number,
    birthDate: of.person.birthDate,
    country: '156',
    ethnicity: of.random.chance(0.1) ? '22' : '01',
    political: [of.random.pick(['01', '03', '13'])],
    nativePlace: of.random.pick(['331102', '331121', '331127']),
    health: '1',
    workStartMonth: `${firstJobYear(of)}-08`,
    joinSchoolMonth: `${firstJobYear(of)}-08`,
    specialEduStartMonth: `${firstJobYear(of)}-08`,
    onEstablishment: of.person.employment.onEstablishment ? '1' : '0',
    ...(of.person.employment.onEstablishment
      ? {}
      : {
          employmentForm: '1',
          contractStartDate: of.person.employment.contract!.start,
          contractEndDate: of.person.employment.contract!.end!,
        }),
    contractStatus: of.person.employment.onEstablishment ? '1' : '2',
    grassrootsProject: '0',
    personStatus: '100',
  }),
  education: (of, index, rows) => {
    const way = waysOf(rows);
    const study = way[index] ?? bachelor;
    const later = Math.max(0, index - way.length + 1);
    const [from, to] = [bornIn(of) + study.years[0] + later * 4, bornIn(of) + study.years[1] + later * 4];
    const { years: _, ...facts } = study;
    return {
      ...facts,
      enrollMonth: `${from}-09`,
      graduateMonth: `${to}-06`,
      ...('degreeName' in facts
        ? { degreeMonth: `${to}-06`, degreeSchool: facts.educationSchool, degreeCountry: '156' }
        : {}),
      studyMode: '1',
    };
  },
  work: (of, index, rows) => ({
    employer: index === rows - 1 ? (of.schoolName ?? '莲都区实验小学') : `丽水市第${index + 1}小学`,
    startMonth: `${workYear(of, index, rows)}-08`,
    ...(index === rows - 1 ? {} : { endMonth: `${workYear(of, index + 1, rows)}-07` }),
    position: '教师',
  }),
  post: (of, index, rows) => ({
    postCategory: '11',
    postLevel: of.random.pick(['110', '111', '112']),
    startMonth: `${workYear(of, index, rows)}-0${(index % 9) + 1}`.replace(/-0\d$/, '-09'),
    hasConcurrent: '0',
    duty: ['00'],
  }),
  proTitle: (of, index, rows) => ({
    title: of.random.pick(titles()),
    startMonth: `${workYear(of, index, rows)}-10`,
    ...(index === rows - 1 ? {} : { endMonth: `${workYear(of, index + 1, rows)}-09` }),
    employer: of.schoolName ?? '莲都区实验小学',
  }),
  pay: (of, index) => ({
    year: pastYear(of, index),
    annualIncome: of.random.between(80, 180) * 1000,
    basicPay: of.random.between(35, 60) * 100,
    meritPay: of.random.between(15, 40) * 100,
    insurance: ['1', '2', '3', '6'].filter((code) => codesOf('insurance').has(code)),
  }),
  assessment: (of, index) => ({
    year: pastYear(of, index),
    result: of.random.pick(['1', '2', '2', '2']),
    assessor: of.schoolName ?? '莲都区实验小学',
  }),
  qualification: (of, index) => ({
    type: String(2 + (index % 3)),
    certNo: `${firstJobYear(of)}33${String(of.random.between(0, 99999999999)).padStart(11, '0')}`,
    subject: of.random.pick(['语文', '数学', '英语']),
    issueDate: `${firstJobYear(of)}-07-01`,
  }),
  ethics: (of, index) => ({
    assessDate: `${pastYear(of, index)}-12-30`,
    result: '2',
    punishType: '0',
    honorLevel: '0',
    assessor: of.schoolName ?? '莲都区实验小学',
  }),
  teaching: (of, index) => ({
    schoolYear: String(yearOf(of) - 1 - Math.floor(index / 2)),
    term: String(1 + (index % 2)),
    stage: ['2'],
    teachingStatus: '20',
    weeklyHours: of.random.between(8, 16),
  }),
  achievement: (of, index) => ({
    type: '3',
    name: `小学课堂教学研究（${index + 1}）`,
    journal: '浙江教育科学',
    date: `${pastYear(of, index)}-05-20`,
  }),
  talent: (of, index) => ({ project: '4', year: pastYear(of, index) }),
  training: (of, index) => ({
    year: pastYear(of, index),
    type: '4',
    project: `学科素养提升培训（第${index + 1}期）`,
    mode: '1',
    hours: of.random.pick([24, 48, 90]),
    credits: 4,
  }),
  overseas: (of, index) => ({
    startDate: `${pastYear(of, index)}-07-01`,
    endDate: `${pastYear(of, index)}-07-21`,
    country: '826',
    project: `英语教师研修（第${index + 1}批）`,
  }),
  skill: (of, index) => ({
    language: '1',
    proficiency: '2',
    certType: '2',
    languageCert: '12',
    certNo: `33${firstJobYear(of)}${String(index + 1).padStart(6, '0')}`,
  }),
  rotation: (of, index, rows) => ({
    startMonth: `${workYear(of, index, rows)}-09`,
    endMonth: `${workYear(of, index, rows) + 1}-07`,
    toUnit: `丽水市第${index + 1}小学`,
  }),
  contact: (of) => ({
    address: '浙江省丽水市莲都区中山街1号',
    mobile: `199${two(of.random.between(0, 99))}${String(of.random.between(0, 999999)).padStart(6, '0')}`,
    email: 'nobody@example.invalid',
  }),
};

let known: readonly string[] | undefined;

const titles = (): readonly string[] =>
  (known ??= [...codesOf('proTitle').values()]
    .filter((code) => code.selectable !== false && code.code !== '0' && /教师/.test(code.name))
    .map((code) => code.code));

/** Adds what the catalogue demands of the row and drops what it switches off or does not collect. */
function completed(section: Section, seed: InventedValues, of: Inventing): InventedValues {
  const values: InventedValues = {};
  const indicators = indicatorsFor(section, of.category).filter((indicator) => !indicator.readOnly);
  for (const indicator of indicators) if (indicator.key in seed) values[indicator.key] = seed[indicator.key]!;
  for (const indicator of indicators) {
    const off = indicator.emptyWhen !== undefined && conditionHolds(indicator.emptyWhen, values, of.category);
    if (off) delete values[indicator.key];
    else if (isEmpty(values[indicator.key]) && demanded(indicator, values, of.category))
      values[indicator.key] = some(indicator, of);
  }
  return values;
}

function demanded(indicator: Indicator, values: InventedValues, category: Category): boolean {
  if (indicator.required || indicator.requiredIn?.includes(category)) return true;
  return indicator.requiredWhen !== undefined && conditionHolds(indicator.requiredWhen, values, category);
}

function some(indicator: Indicator, of: Inventing): string | string[] | number {
  if (indicator.type === 'code') {
    const codes = codeTableFor(indicator, of.category)?.codes.filter((code) => code.selectable !== false) ?? [];
    const plain =
      codes.find((code) => code.code === (indicator.default ?? (indicator.codeTable === 'yesNo' ? '0' : ''))) ??
      codes[0];
    return indicator.multiValue ? [plain!.code] : plain!.code;
  }
  if (indicator.type === 'integer' || indicator.type === 'decimal') return 1;
  if (indicator.type === 'date') return `${yearOf(of) - 1}-09-01`;
  if (indicator.type === 'month') return `${yearOf(of) - 1}-09`;
  if (indicator.type === 'year') return String(yearOf(of) - 1);
  if (indicator.type === 'division') return '331102';
  return '无';
}

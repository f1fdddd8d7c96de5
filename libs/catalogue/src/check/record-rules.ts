import { codeTableFor, findCode, hasLeft } from '../code-tables';
import { findIndicator } from '../catalogue';
import { inScope } from '../employment';
import { comparePeriods, isDay, isMonth, yearsAfter } from '../normalise/calendar';
import type { Category, RecordRow, SectionKey, TeacherRecord, Values } from '../section';
import { words, type Severity, type Violation } from '../violation';

type Hit = Pick<Violation, 'section' | 'entry' | 'field' | 'words'>;

/** One contradiction across rows or sections. Ill-formed values are skipped: they have their own violation. */
export interface RecordRule {
  readonly code: string;
  readonly severity: Severity;
  readonly find: (record: TeacherRecord, category: Category, context: { readonly today: string }) => readonly Hit[];
}

interface Row {
  readonly entry: string | number;
  readonly values: Values;
}

const rowsOf = (record: TeacherRecord, section: SectionKey): readonly Row[] =>
  (record[section] ?? []).map((row: RecordRow, index) => ({ entry: row.id ?? index, values: row.values }));

const basicOf = (record: TeacherRecord): Row | undefined => rowsOf(record, 'basic')[0];

const code = (row: Row | undefined, key: string): string | undefined => {
  const value = row?.values[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** A day or month that exists. */
const period = (row: Row | undefined, key: string): string | undefined => {
  const text = code(row, key);
  return text !== undefined && (isDay(text) || isMonth(text)) ? text : undefined;
};

const before = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && comparePeriods(a, b) < 0;

const inBasic = (record: TeacherRecord, field: string, zh: string, en: string): Hit => ({
  section: 'basic',
  entry: basicOf(record)?.entry ?? 0,
  field,
  words: words(zh, en),
});

const ageAt = (birthDate: string, years: number) => yearsAfter(birthDate, years);

/** "专任教师" has another code in each category's table. */
function isFullTimeTeacher(record: TeacherRecord, category: Category): boolean {
  const indicator = findIndicator('basic', 'staffCategory');
  const table = indicator && codeTableFor(indicator, category);
  const chosen = code(basicOf(record), 'staffCategory');
  return table?.codes.some((each) => each.code === chosen && each.name === '专任教师') === true;
}

const isOnTheBooks = (record: TeacherRecord) => !hasLeft(code(basicOf(record), 'personStatus') ?? '');

/** Rows of these sections cannot begin before the first job. */
const afterFirstJob: readonly (readonly [SectionKey, string])[] = [
  ['work', 'startMonth'],
  ['post', 'startMonth'],
  ['proTitle', 'startMonth'],
];

export const recordRules: readonly RecordRule[] = [
  {
    code: 'first_job_too_young',
    severity: 'warning',
    find: (record) => {
      const birthDate = period(basicOf(record), 'birthDate');
      if (!birthDate || !before(period(basicOf(record), 'workStartMonth'), ageAt(birthDate, 14))) return [];
      return [inBasic(record, 'workStartMonth', '参加工作时不满 14 周岁', 'Younger than 14 at the first job')];
    },
  },
  {
    code: 'joined_before_first_job',
    severity: 'warning',
    find: (record) => {
      const [joined, first] = ['joinSchoolMonth', 'workStartMonth'].map((key) => period(basicOf(record), key));
      if (!before(joined, first)) return [];
      return [
        inBasic(record, 'joinSchoolMonth', '进本校年月早于参加工作年月', 'Joined the school before the first job'),
      ];
    },
  },
  {
    code: 'past_retirement_age',
    severity: 'warning',
    find: (record, _category, { today }) => {
      const birthDate = period(basicOf(record), 'birthDate');
      if (!birthDate || !isOnTheBooks(record) || !before(ageAt(birthDate, 65), today)) return [];
      return [inBasic(record, 'personStatus', '已满 65 周岁仍为在岗状态，请核对', 'Older than 65 and still in post')];
    },
  },
  {
    code: 'out_of_scope',
    severity: 'serious',
    find: (record, _category, { today }) => {
      const basic = basicOf(record);
      const start = period(basic, 'contractStartDate');
      if (code(basic, 'onEstablishment') !== '0' || !start) return [];
      const end = period(basic, 'contractEndDate');
      const contract = { start, ...(end && { end }) };
      const verdict = inScope({ onEstablishment: false, contract, postKind: 'teaching' }, today);
      return verdict.inScope ? [] : [inBasic(record, 'contractEndDate', verdict.words.zh, verdict.words.en)];
    },
  },
  {
    code: 'before_first_job',
    severity: 'warning',
    find: (record) => {
      const first = period(basicOf(record), 'workStartMonth');
      return afterFirstJob.flatMap(([section, field]) =>
        rowsOf(record, section)
          .filter((row) => before(period(row, field), first))
          .map(({ entry }) => ({
            section,
            entry,
            field,
            words: words(`开始年月早于参加工作年月（${first}）`, `Begins before the first job (${first})`),
          })),
      );
    },
  },
  {
    code: 'enrolled_too_young',
    severity: 'warning',
    find: (record) => {
      const birthDate = period(basicOf(record), 'birthDate');
      if (!birthDate) return [];
      return rowsOf(record, 'education')
        .filter((row) => before(period(row, 'enrollMonth'), ageAt(birthDate, 5)))
        .map(({ entry }) => ({
          section: 'education',
          entry,
          field: 'enrollMonth',
          words: words('入学时不满 5 周岁', 'Younger than 5 when enrolled'),
        }));
    },
  },
  {
    code: 'education_out_of_order',
    severity: 'warning',
    find: (record) => {
      const graduated = rowsOf(record, 'education').flatMap((row) => {
        const level = findCode('education', code(row, 'educationLevel') ?? '');
        const month = period(row, 'graduateMonth');
        return level?.rank && level.name.endsWith('毕业') && month ? [{ row, rank: level.rank, month }] : [];
      });
      return graduated
        .filter((one) => graduated.some((other) => other.rank > one.rank && one.month < other.month))
        .map(({ row }) => ({
          section: 'education',
          entry: row.entry,
          field: 'graduateMonth',
          words: words('较高学历的毕业年月早于较低学历', 'Graduated before a lower level of education'),
        }));
    },
  },
  {
    code: 'normal_graduate_without_row',
    severity: 'warning',
    find: (record) => {
      const rows = rowsOf(record, 'education');
      if (code(basicOf(record), 'isNormalGraduate') !== '1' || rows.length === 0) return [];
      if (rows.some((row) => code(row, 'isNormalMajor') === '1')) return [];
      const zh = '填报为师范类专业毕业，但学习经历中没有师范类专业';
      return [inBasic(record, 'isNormalGraduate', zh, 'No row of education has a teacher-training major')];
    },
  },
  {
    code: 'teacher_without_qualification',
    severity: 'warning',
    find: (record, category) => {
      if (!isFullTimeTeacher(record, category) || !isOnTheBooks(record)) return [];
      const rows = rowsOf(record, 'qualification');
      if (rows.some((row) => (code(row, 'type') ?? '0') !== '0')) return [];
      const text = words('专任教师没有教师资格记录', 'A full-time teacher without a teaching qualification');
      return [{ section: 'qualification', words: text }];
    },
  },
  {
    code: 'teacher_not_teaching',
    severity: 'warning',
    find: (record, category) => {
      const rows = rowsOf(record, 'teaching');
      if (!isFullTimeTeacher(record, category) || !isOnTheBooks(record) || rows.length === 0) return [];
      if (rows.some((row) => code(row, 'teachingStatus') !== '10')) return [];
      return [{ section: 'teaching', words: words('专任教师没有任课记录', 'A full-time teacher who teaches nothing') }];
    },
  },
  {
    code: 'several_current_titles',
    severity: 'warning',
    find: (record) => {
      const open = rowsOf(record, 'proTitle').filter(
        (row) => (code(row, 'title') ?? '0') !== '0' && code(row, 'endMonth') === undefined,
      );
      return open.slice(1).map(({ entry }) => ({
        section: 'proTitle',
        entry,
        field: 'endMonth',
        words: words('同时有多个现任专业技术职务', 'Several professional titles are current at once'),
      }));
    },
  },
  {
    code: 'excellent_despite_sanction',
    severity: 'serious',
    find: (record) => {
      const sanctioned = new Set(
        rowsOf(record, 'ethics')
          .filter((row) => (code(row, 'punishType') ?? '0') !== '0')
          .map((row) => period(row, 'punishEventDate')?.slice(0, 4)),
      );
      return rowsOf(record, 'assessment')
        .filter((row) => code(row, 'result') === '1' && sanctioned.has(code(row, 'year')))
        .map(({ entry }) => ({
          section: 'assessment',
          entry,
          field: 'result',
          words: words('受处分当年的年度考核不应为优秀', 'Rated excellent in a year with a sanction'),
        }));
    },
  },
];

import { codeName, codeTable, categories } from '@shidang/catalogue';
import type { StatisticsIndicator } from '@shidang/contracts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A coded value that tables are built by. The expression is over `teacher_state` and part of the code, never of a request. */
export interface Indicator {
  readonly key: string;
  readonly label: Words;
  /** SQL of one code, or of a list of codes where a person may have several. */
  readonly code: string;
  readonly several?: true;
  readonly names: (code: string) => string;
  /** Codes in the order of their columns; others follow. */
  readonly order: readonly string[];
  readonly note?: Words;
}

const words = (zh: string, en: string): Words => ({ zh, en });

const coded = (key: string, label: Words, column: string, table: string): Indicator => ({
  key,
  label,
  code: column,
  names: (code) => codeName(table, code),
  order: codeTable(table)?.codes.map((each) => each.code) ?? [],
});

const severalCoded = (key: string, label: Words, column: string, table: string): Indicator => ({
  ...coded(key, label, column, table),
  several: true,
  note: words('一人多项的分别计数，合计为人次', 'who has several is counted in each; totals are mentions'),
});

const bands = ['-25', '26-30', '31-35', '36-40', '41-45', '46-50', '51-55', '56-60', '61-'];
const bandNames: Readonly<Record<string, string>> = { '-25': '25 岁及以下', '61-': '61 岁及以上' };

/** Full years at the moment of the table, from the month of birth, in China. */
const age = `extract(year from age((now() at time zone 'Asia/Shanghai')::date, (birth_month || '-01')::date))::int`;

const ageBand: Indicator = {
  key: 'ageBand',
  label: words('年龄段', 'Age band'),
  code: `case when birth_month is null then null when ${age} <= 25 then '-25' when ${age} >= 61 then '61-'
    else (26 + (${age} - 26) / 5 * 5)::text || '-' || (30 + (${age} - 26) / 5 * 5)::text end`,
  names: (code) => bandNames[code] ?? `${code} 岁`,
  order: bands,
  note: words('按出生年月计算的周岁', 'full years from the month of birth'),
};

const category: Indicator = {
  key: 'category',
  label: words('学校类别', 'Category of school'),
  code: 'category',
  names: (code) => categories.find((each) => each.key === code)?.zhName ?? code,
  order: categories.map((each) => each.key),
};

export const indicators: readonly Indicator[] = [
  coded('sex', words('性别', 'Sex'), 'sex', 'sex'),
  ageBand,
  category,
  coded('education', words('最高学历', 'Highest education'), 'highest_education', 'education'),
  coded('degree', words('最高学位层次', 'Highest degree'), 'highest_degree', 'degreeLevel'),
  coded('proTitle', words('现任专业技术职务', 'Professional title'), 'pro_title', 'proTitle'),
  coded('postCategory', words('现任岗位类别', 'Post category'), 'post_category', 'postCategory'),
  coded('postLevel', words('现任岗位等级', 'Post level'), 'post_level', 'postLevel'),
  coded('onEstablishment', words('是否在编', 'On the establishment'), 'on_establishment', 'yesNo'),
  coded('ethnicity', words('民族', 'Ethnicity'), 'ethnicity', 'ethnicity'),
  coded('backbone', words('是否县级及以上骨干教师', 'Backbone teacher'), 'backbone', 'yesNo'),
  coded('teachingStatus', words('任课状况', 'Teaching status'), 'teaching_status', 'teachingStatus'),
  severalCoded('political', words('政治面貌', 'Political affiliation'), 'political', 'political'),
  severalCoded('teachingStage', words('任教学段', 'Stage taught'), 'teaching_stages', 'teachingStage'),
  severalCoded('course', words('任教课程（中小学）', 'Course taught'), 'courses', 'course.primarySecondary'),
  severalCoded('qualification', words('教师资格证种类', 'Teaching qualification'), 'qualifications', 'qualification'),
];

const byKey: ReadonlyMap<string, Indicator> = new Map(indicators.map((each) => [each.key, each]));

export const indicatorOf = (key: string): Indicator | undefined => byKey.get(key);

/** What stands on every table: what is counted, over whom, and how small numbers are shown. */
export const described = ({ key, label, note }: Indicator): StatisticsIndicator => ({
  key,
  label,
  definition: words(
    `统计对象：信息已生效且未离开的教师，按${label.zh}分组${note ? `；${note.zh}` : ''}。本校以外 1–4 人显示为“<5”，“*”为防止推算而一并隐去`,
    `Teachers whose record is in force and who have not left, by ${label.en.toLowerCase()}${note ? `; ${note.en}` : ''}. Outside the own school 1–4 is shown as "<5"; "*" is hidden so that it cannot be computed`,
  ),
});

/** Records without a value come last. */
export function columnsOf(indicator: Indicator, found: readonly string[]): { code: string; name: string }[] {
  const place = (code: string) => {
    const at = indicator.order.indexOf(code);
    return code === '' ? Infinity : at < 0 ? indicator.order.length : at;
  };
  return [...new Set(found)]
    .sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1))
    .map((code) => ({ code, name: code === '' ? '未填' : indicator.names(code) }));
}

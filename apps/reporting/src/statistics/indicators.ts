import {
  categories,
  codeName,
  codeTable,
  dimensions,
  dimensionTable,
  findCode,
  type Dimension,
} from '@shidang/catalogue';
import type { StatisticsIndicator } from '@shidang/contracts';
import { columnOf } from '../teacher/states-table';
import { typedFacts } from '../teacher/coded-facts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A coded value that tables are built by. The expression is over `teacher_state` and part of the code, never of a request. */
export interface Indicator {
  readonly key: string;
  readonly label: Words;
  /** SQL of one code, or with `several` of a list of codes. */
  readonly code: string;
  readonly several?: boolean;
  readonly names: (code: string) => string;
  /** Codes in the order of their columns; others follow. */
  readonly order: readonly string[];
  readonly note?: Words;
}

const words = (zh: string, en: string): Words => ({ zh, en });

const columns: ReadonlyMap<string, string> = new Map([
  ['basic.sex', 'sex'],
  ...Object.entries(typedFacts).map(([property, key]) => [key, columnOf(property as keyof typeof typedFacts)] as const),
]);

/** A column where there is one, else the value by its key. */
function expressionOf({ key, values }: Dimension): string {
  const column = columns.get(key);
  if (values === 'one') return column ?? `facts ->> '${key}'`;
  return column ?? `array(select jsonb_array_elements_text(facts -> '${key}'))`;
}

/** What a dimension's codes are called; where each category has its own table the names are put side by side. */
function namesOf(tables: readonly string[]): (code: string) => string {
  return (code) => {
    const names = tables.flatMap((table) => (findCode(table, code) ? [codeName(table, code)] : []));
    return [...new Set(names)].join(' / ') || code;
  };
}

/** Every coded indicator of the catalogue: a new one there is a new one here. */
function indicatorFrom(dimension: Dimension): Indicator {
  const tables = categories.flatMap(({ key }) => dimensionTable(dimension.key, key) ?? []);
  const several = dimension.values === 'many';
  return {
    key: dimension.key,
    label: dimension.label,
    code: expressionOf(dimension),
    several,
    names: namesOf([...new Set(tables)]),
    order: [...new Set(tables)].flatMap((table) => codeTable(table)?.codes.map((each) => each.code) ?? []),
    note: several
      ? words('一人多项的分别计数，合计为人次', 'who has several is counted in each; totals are mentions')
      : undefined,
  };
}

const bandNames: Readonly<Record<string, string>> = { '-25': '25 岁及以下', '61-': '61 岁及以上' };

/** Full years at the moment of the table, from the month of birth, in China. */
const age = `extract(year from age((now() at time zone 'Asia/Shanghai')::date, (birth_month || '-01')::date))::int`;

const ageBand: Indicator = {
  key: 'ageBand',
  label: words('年龄段', 'Age band'),
  code: `case when birth_month is null then null when ${age} <= 25 then '-25' when ${age} >= 61 then '61-'
    else (26 + (${age} - 26) / 5 * 5)::text || '-' || (30 + (${age} - 26) / 5 * 5)::text end`,
  names: (code) => bandNames[code] ?? `${code} 岁`,
  order: ['-25', '26-30', '31-35', '36-40', '41-45', '46-50', '51-55', '56-60', '61-'],
  note: words('按出生年月计算的周岁', 'full years from the month of birth'),
};

const category: Indicator = {
  key: 'category',
  label: words('学校类别', 'Category of school'),
  code: 'category',
  names: (code) => categories.find((each) => each.key === code)?.zhName ?? code,
  order: categories.map((each) => each.key),
};

export const indicators: readonly Indicator[] = [category, ageBand, ...dimensions.map(indicatorFrom)];

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

import {
  categories,
  codeTableKeyFor,
  codeTables,
  fillableBy,
  sections,
  type Category,
  type Indicator,
  type Section,
} from '@shidang/catalogue';

/** RFC 4180 with a byte order mark, without which Excel reads Chinese as noise. */
const csv = (rows: readonly (readonly string[])[]): string =>
  '\ufeff' + rows.map((row) => row.map(cell).join(',') + '\r\n').join('');

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const yes = (value: unknown): string => (value ? '是' : '');

const fillers = { teacher: '教师、学校', school: '学校', nobody: '系统' } as const;

function requiredIn(indicator: Indicator): string {
  if (indicator.required) return '必填';
  const always = (indicator.requiredIn ?? []).map((key) => nameOf(key)).join('、');
  return [always && `必填：${always}`, indicator.requiredWhen && `当 ${indicator.requiredWhen}`]
    .filter(Boolean)
    .join('；');
}

const nameOf = (category: Category) => categories.find(({ key }) => key === category)?.zhName ?? category;

const collected = (indicator: Indicator): string => (indicator.schoolCategories ?? []).map(nameOf).join('、') || '全部';

function tables(indicator: Indicator): string {
  const keys = categories.map(({ key }) => codeTableKeyFor(indicator, key)).filter((key) => key !== undefined);
  return [...new Set(keys)].join(' ');
}

const line = (section: Section, indicator: Indicator): string[] => [
  section.zhName,
  indicator.zhName,
  `${section.key}.${indicator.key}`,
  indicator.en,
  indicator.type + (indicator.multiValue ? '（多选）' : ''),
  tables(indicator),
  collected(indicator),
  requiredIn(indicator),
  indicator.emptyWhen ?? '',
  fillers[fillableBy(section, indicator)],
  yes(indicator.sensitive),
  indicator.maxLength === undefined ? '' : String(indicator.maxLength),
  section.identifiedBy?.includes(indicator.key) ? '是' : '',
  indicator.source ?? 'found',
  indicator.note ?? '',
];

const indicatorHeader = [
  '信息子集',
  '指标',
  '键',
  'English',
  '类型',
  '代码表',
  '采集范围',
  '必填',
  '不填条件',
  '填报人',
  '敏感',
];

/** One line per indicator, for reviewers who know the template and not TypeScript. */
export const indicatorsCsv = (): string =>
  csv([
    [...indicatorHeader, '最大长度', '识别键', '来源', '说明'],
    ...sections.flatMap((section) => section.indicators.map((indicator) => line(section, indicator))),
  ]);

/** One line per code, with how firm its table is. */
export const codesCsv = (): string =>
  csv([
    ['代码表', '键', '标准', '状态', '代码', '名称', '上级', '可选'],
    ...codeTables.flatMap((table) =>
      table.codes.map((each) => [
        table.zhName,
        table.key,
        table.standard,
        table.status,
        each.code,
        each.name,
        each.parent ?? '',
        each.selectable === false ? '否' : '是',
      ]),
    ),
  ]);

/** Code tables by how firm they are: what is still to be obtained officially. */
export const firmness = (): string =>
  (['standard', 'found', 'names-found', 'proposed'] as const)
    .map((status) => {
      const of = codeTables.filter((table) => table.status === status);
      return `${status}: ${of.length} (${of.map((table) => table.key).join(' ')})`;
    })
    .join('\n');

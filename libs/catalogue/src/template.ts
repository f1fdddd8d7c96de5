import { codeTableFor } from './code-tables';
import { identityFacts, indicatorsFor, labelOf, sectionOf } from './catalogue';
import { isRequired, planFor } from './check/plan';
import { normalise } from './normalise/normalise';
import type { Category, Indicator, IndicatorType, Section, SectionKey, Value, Words } from './section';

export interface TemplateColumn {
  readonly key: string;
  readonly indicator: Indicator;
  /** Unique within the sheet; what the importer finds the column by. */
  readonly header: string;
  readonly en: string;
  readonly type: IndicatorType;
  readonly required: 'always' | 'sometimes' | 'never';
  /** How to write it: for the note at the header. */
  readonly hint: Words;
  /** As it would be typed: "1-男", "2016-09". */
  readonly example: string;
  /** "code-name" of every selectable code, for a drop-down list. Too many (> 60) are better referred to by `codeTable`. */
  readonly options?: readonly string[];
  readonly codeTable?: string;
  readonly multiValue: boolean;
  readonly maxLength?: number;
  /** Cells must be formatted as text: everything but numbers, so that ids keep their digits and dates their form. */
  readonly asText: boolean;
}

const examples: Readonly<Record<IndicatorType, string>> = {
  string: '',
  text: '',
  code: '',
  date: '2016-09-01',
  month: '2016-09',
  year: '2015',
  integer: '12',
  decimal: '3500.00',
  division: '331102',
  file: '',
};

const hints: Readonly<Record<IndicatorType, Words>> = {
  string: { zh: '文字', en: 'Text' },
  text: { zh: '文字，可多行', en: 'Text, several lines' },
  code: { zh: '从下拉列表选择，也可填代码或名称', en: 'Choose from the list, or enter a code or a name' },
  date: { zh: '日期，如 2016-09-01', en: 'Date such as 2016-09-01' },
  month: { zh: '年月，如 2016-09', en: 'Month such as 2016-09' },
  year: { zh: '年份，如 2016', en: 'Year such as 2016' },
  integer: { zh: '整数', en: 'Whole number' },
  decimal: { zh: '数字，最多两位小数', en: 'Number with at most two decimals' },
  division: { zh: '六位行政区划代码，如 331102', en: 'Six-digit division code such as 331102' },
  file: { zh: '文件', en: 'File' },
};

const built = new Map<string, readonly TemplateColumn[]>();

/** Columns of one sheet: what people type, in template order; nothing read-only, derived or uploaded. */
export function templateColumns(section: Section | SectionKey, category: Category): readonly TemplateColumn[] {
  const of = typeof section === 'string' ? sectionOf(section) : section;
  const name = `${of.key}/${category}`;
  let columns = built.get(name);
  if (!columns) {
    const typed = indicatorsFor(of, category).filter((each) => !each.readOnly && each.type !== 'file');
    built.set(name, (columns = typed.map((each) => columnOf(each, category))));
  }
  return columns;
}

/** Columns that say whose row it is, before those of a repeating section: name, document type, document number. */
export function personColumns(category: Category): readonly TemplateColumn[] {
  const keys = [identityFacts.name, identityFacts.documentType, identityFacts.documentNumber];
  return templateColumns('basic', category).filter((each) => keys.includes(each.key));
}

function columnOf(indicator: Indicator, category: Category): TemplateColumn {
  const label = labelOf(indicator, category);
  const table = codeTableFor(indicator, category);
  const options = table?.codes.filter((each) => each.selectable !== false).map((each) => `${each.code}-${each.name}`);
  const isNumber = indicator.type === 'integer' || indicator.type === 'decimal';
  return {
    key: indicator.key,
    indicator,
    header: label.zh,
    en: label.en,
    type: indicator.type,
    required: requiredOf(indicator, category),
    hint: hintOf(indicator),
    example: exampleOf(indicator, options),
    ...(options && { options }),
    ...(table && { codeTable: table.key }),
    multiValue: indicator.multiValue === true,
    ...(indicator.maxLength !== undefined && { maxLength: indicator.maxLength }),
    asText: !isNumber,
  };
}

function requiredOf(indicator: Indicator, category: Category): TemplateColumn['required'] {
  const always = indicator.required === true || indicator.requiredIn?.includes(category) === true;
  if (always) return indicator.emptyWhen ? 'sometimes' : 'always';
  return indicator.requiredWhen ? 'sometimes' : 'never';
}

function hintOf({ type, multiValue, maxLength, openEnd }: Indicator): Words {
  const { zh, en } = hints[type];
  const more = [
    ...(multiValue ? [{ zh: '可多选，用逗号分隔', en: 'several separated by commas' }] : []),
    ...(maxLength ? [{ zh: `最多 ${maxLength} 个字`, en: `at most ${maxLength} characters` }] : []),
    ...(openEnd ? [{ zh: '至今则不填', en: 'leave empty when it goes on' }] : []),
  ];
  return { zh: [zh, ...more.map((each) => each.zh)].join('；'), en: [en, ...more.map((each) => each.en)].join('; ') };
}

function exampleOf(indicator: Indicator, options: readonly string[] | undefined): string {
  if (indicator.example !== undefined) return indicator.example;
  if (!options) return examples[indicator.type];
  const chosen = options.find((each) => each.startsWith(`${indicator.default}-`));
  return chosen ?? options.find((each) => !/^0+-/.test(each)) ?? '';
}

/** A filled row to show under the headers: what must be given, each as its example; sound, as a test makes sure. */
export function exampleRow(section: Section | SectionKey, category: Category): Readonly<Record<string, Value>> {
  const of = typeof section === 'string' ? sectionOf(section) : section;
  const values: Record<string, Value> = {};
  for (const field of planFor(of, category).fields) {
    if (!isRequired(field, values, category)) continue;
    const column = templateColumns(of, category).find((each) => each.key === field.key);
    const read = normalise(field.indicator, column?.example || field.label.zh, category);
    if ('value' in read && read.value !== undefined) values[field.key] = read.value;
  }
  return values;
}

import { codeTableFor } from '../code-tables';
import { indicatorsFor, sectionOf } from '../catalogue';
import { isEmpty, type Category, type Indicator, type Section, type SectionKey, type Value } from '../section';
import { normaliseCode, normaliseCodes } from './codes';
import { normaliseDate, normaliseMonth, normaliseYear } from './dates';
import { normaliseDivision } from './divisions';
import { withoutInvisible } from './half-width';
import { normaliseDecimal, normaliseInteger } from './numbers';
import { refused, type Normalised } from './normalised';
import { normaliseString, normaliseText } from './texts';

const isBlank = (raw: unknown) => isEmpty(raw) || (typeof raw === 'string' && withoutInvisible(raw).trim() === '');

/**
 * What people type, paste or keep in a cell → the value as it is stored, or why it cannot be read. Never guesses a
 * date format and never throws; a sound value comes back as it is. Date objects are real date cells. Whether the
 * value obeys the rules is `rowViolations`' business.
 */
export function normalise(indicator: Indicator, raw: unknown, category: Category): Normalised {
  const result = read(indicator, raw, category);
  return indicator.sensitive && 'code' in result ? withoutValue(result) : result;
}

/** Findings are stored, so they never repeat a sensitive value, nor propose one. */
const withoutValue = (result: Extract<Normalised, { code: string }>): Normalised => ({
  code: result.code,
  words: { zh: result.words.zh.replace(valueQuoteZh, '该值'), en: result.words.en.replace(valueQuote, 'the value') },
});

/** What `quoted` puts around a value, or the figure in the words on dates. */
const valueQuote = /“[^”]*”|\b\d[\d.]*(?=，不是日期|, not a date)/;
/** With the space that parts a quoted value from the Chinese words after it. */
const valueQuoteZh = /“[^”]*” ?|\b\d[\d.]*(?=，不是日期)/;

function read(indicator: Indicator, raw: unknown, category: Category): Normalised {
  if (isBlank(raw)) return { value: undefined };
  const isDate = raw instanceof Date;
  const isList = Array.isArray(raw) && indicator.multiValue === true && raw.every((each) => typeof each === 'string');
  const isPlain = typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean';
  if (!isDate && !isList && !isPlain) {
    return refused('malformed_value', '无法识别这个值', 'This value cannot be read');
  }
  switch (indicator.type) {
    case 'code': {
      const table = codeTableFor(indicator, category);
      if (!table) return refused('not_collected', '该学校类别不采集此项', 'Not collected in this school category');
      return indicator.multiValue ? normaliseCodes(raw, table) : normaliseCode(raw, table);
    }
    case 'date':
      return normaliseDate(raw);
    case 'month':
      // 至今: a blank end.
      return indicator.openEnd && String(raw).trim() === '至今' ? { value: undefined } : normaliseMonth(raw);
    case 'year':
      return normaliseYear(raw);
    case 'integer':
      return normaliseInteger(raw);
    case 'decimal':
      return normaliseDecimal(raw);
    case 'division':
      return normaliseDivision(raw);
    default:
      return normaliseWords(raw, indicator);
  }
}

function normaliseWords(raw: unknown, { type, form }: Indicator): Normalised {
  if (raw instanceof Date) {
    const day = normaliseDate(raw);
    return 'code' in day ? day : normaliseString(String(day.value), form);
  }
  const plain = typeof raw === 'number' ? raw : String(raw);
  return type === 'text' ? normaliseText(plain) : normaliseString(plain, form);
}

export interface NormalisedRow {
  readonly values: Record<string, Value>;
  /** Keys that could not be read, with the reason; hand the keys to `rowViolations` as `reported`. */
  readonly refused: readonly { readonly field: string; readonly reason: Extract<Normalised, { code: string }> }[];
}

/** A whole row by indicator key. Keys the catalogue does not collect in this category are left out. */
export function normaliseRow(
  section: Section | SectionKey,
  raw: Readonly<Record<string, unknown>>,
  category: Category,
): NormalisedRow {
  const values: Record<string, Value> = {};
  const bad: { field: string; reason: Extract<Normalised, { code: string }> }[] = [];
  for (const indicator of indicatorsFor(typeof section === 'string' ? sectionOf(section) : section, category)) {
    const result = normalise(indicator, raw[indicator.key], category);
    if ('code' in result) bad.push({ field: indicator.key, reason: result });
    else if (result.value !== undefined) values[indicator.key] = result.value;
  }
  return { values, refused: bad };
}

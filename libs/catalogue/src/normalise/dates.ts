import { dayText, isRealDay, isRealMonth, isYear, monthText } from './calendar';
import { halfWidth } from './half-width';
import { quoted, refused, type Normalised } from './normalised';

const forms = {
  day: [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, /^(\d{4})年(\d{1,2})月(\d{1,2})日$/, /^(\d{4})(\d\d)(\d\d)$/],
  month: [/^(\d{4})[-/.](\d{1,2})$/, /^(\d{4})年(\d{1,2})月$/, /^(\d{4})(\d\d)$/],
};

type Parts = readonly [year: number, month: number, day?: number];

function partsOf(text: string, patterns: readonly RegExp[]): Parts | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found) return [Number(found[1]), Number(found[2]), found[3] === undefined ? undefined : Number(found[3])];
  }
  return undefined;
}

/** Real date cells arrive as Date objects at midnight UTC; a minute more undoes what serial numbers lose in rounding. */
const partsOfDate = (date: Date): Parts | undefined => {
  if (Number.isNaN(date.getTime())) return undefined;
  const rounded = new Date(date.getTime() + 60_000);
  return [rounded.getUTCFullYear(), rounded.getUTCMonth() + 1, rounded.getUTCDate()];
};

/** A time of day behind a date ("2016-09-01 00:00:00", ISO texts) says nothing here. */
const withoutTime = (text: string) => text.replace(/[T ]\d{1,2}:\d\d.*$/, '').replace(/\s/g, '');

const notADate = (raw: unknown, zh: string, en: string) =>
  refused(
    'malformed_date',
    `${quoted(raw)} 不是可识别的日期，请写成 ${zh} 这样`,
    `${quoted(raw)} is not a recognised date; write it like ${en}`,
  );

/** A date format is never guessed: a plain number may be an Excel serial number, a file size or a typing slip. */
const aNumber = (raw: number, example: string) =>
  refused(
    'date_is_number',
    `单元格里是数字 ${raw}，不是日期，请写成 ${example} 这样`,
    `The cell holds the number ${raw}, not a date; write it like ${example}`,
  );

export function normaliseDate(raw: unknown): Normalised {
  if (typeof raw === 'number' && !/^(19|20)\d{6}$/.test(String(raw))) return aNumber(raw, '2016-09-01');
  const text = raw instanceof Date ? '' : withoutTime(halfWidth(String(raw)));
  const parts = raw instanceof Date ? partsOfDate(raw) : partsOf(text, forms.day);
  if (!parts) return notADate(raw, '2016-09-01', '2016-09-01');
  const [year, month, day = 0] = parts;
  if (isRealDay(year, month, day)) return { value: dayText(year, month, day) };
  return refused('impossible_date', `${quoted(raw)} 这一天不存在`, `There is no such day as ${quoted(raw)}`);
}

export function normaliseMonth(raw: unknown): Normalised {
  if (typeof raw === 'number' && !/^(19|20)\d{4}(\d\d)?$/.test(String(raw))) {
    if (!/^(19|20)\d\d\.\d{1,2}$/.test(String(raw))) return aNumber(raw, '2016-09');
    return refused(
      'ambiguous_month',
      `数字 ${raw} 分不清是 1 月还是 10 月，请写成 2016-09 这样`,
      `The number ${raw} may mean January or October; write it like 2016-09`,
    );
  }
  const text = raw instanceof Date ? '' : withoutTime(halfWidth(String(raw)));
  const parts = raw instanceof Date ? partsOfDate(raw) : (partsOf(text, forms.month) ?? partsOf(text, forms.day));
  if (!parts) return notADate(raw, '2016-09', '2016-09');
  const [year, month, day = 1] = parts;
  if (isRealMonth(year, month) && isRealDay(year, month, day)) return { value: monthText(year, month) };
  return refused('impossible_date', `${quoted(raw)} 这个年月不存在`, `There is no such month as ${quoted(raw)}`);
}

/** `2016`, `2016年`, `2016年度`, `2016学年`, and `2016-2017学年`, which is called by the year it begins in. */
export function normaliseYear(raw: unknown): Normalised {
  const text = raw instanceof Date ? String(partsOfDate(raw)?.[0]) : halfWidth(String(raw)).replace(/\s/g, '');
  const found = /^(\d{4})(?:[-/](\d{4}))?(?:年|年度|学年|学年度)?$/.exec(text);
  const year = found?.[1] ?? '';
  const spansNext = found?.[2] === undefined || Number(found[2]) === Number(year) + 1;
  if (isYear(year) && spansNext) return { value: year };
  return refused(
    'malformed_year',
    `${quoted(raw)} 不是可识别的年份，请写成 2016 这样`,
    `${quoted(raw)} is not a recognised year; write it like 2016`,
  );
}

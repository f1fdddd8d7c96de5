import type { Words } from '../section';
import { words } from '../violation';
import { isDay, isMonth, isYear, comparePeriods } from '../normalise/calendar';
import { isDivisionCode } from '../normalise/divisions';
import { quoted } from '../normalise/normalised';
import type { FieldPlan } from './plan';

export interface Complaint {
  readonly code: string;
  readonly words: Words;
}

const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/;
const loneSurrogate = /\p{Surrogate}/u;
const mobile = /^1[3-9]\d{9}$/;
const phone = /^\+?[\d()-]{5,20}(转\d{1,6})?$/;
const email = /^[^\s@,;]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** Words are stored with findings, so they never repeat a sensitive value. */
const shown = ({ indicator }: FieldPlan, value: unknown) => (indicator.sensitive ? '该值' : `${quoted(value)} `);
const shownEn = ({ indicator }: FieldPlan, value: unknown) => (indicator.sensitive ? 'the value' : quoted(value));

const complaint = (code: string, zh: string, en: string): Complaint => ({ code, words: words(zh, en) });

/** What is wrong with one value taken alone; it is expected as `normalise` gives it. */
export function checkValue(field: FieldPlan, value: unknown, today: string): Complaint | undefined {
  switch (field.indicator.type) {
    case 'code':
      return field.indicator.multiValue ? checkCodes(field, value) : checkCode(field, value);
    case 'date':
      return checkPeriod(field, value, today, isDay, '2016-09-01');
    case 'month':
      return checkPeriod(field, value, today, isMonth, '2016-09');
    case 'year':
      return checkPeriod(field, value, today, isYear, '2016');
    case 'integer':
    case 'decimal':
      return checkNumber(field, value);
    case 'division':
      if (typeof value === 'string' && isDivisionCode(value)) return undefined;
      return complaint(
        'unknown_division',
        `${field.label.zh}：${shown(field, value)}不是行政区划代码`,
        `${field.label.en}: ${shownEn(field, value)} is no division code`,
      );
    default:
      return checkText(field, value);
  }
}

function checkCode(field: FieldPlan, value: unknown): Complaint | undefined {
  const { codes, label } = field;
  const found = typeof value === 'string' ? codes?.get(value) : undefined;
  if (!found) {
    return complaint(
      'unknown_code',
      `${label.zh}：${shown(field, value)}不在代码表中`,
      `${label.en}: ${shownEn(field, value)} is not in the code table`,
    );
  }
  if (found.selectable !== false) return undefined;
  return complaint(
    'heading_not_selectable',
    `${label.zh}：“${found.name}”是分类，请选择其下的具体项`,
    `${label.en}: "${found.name}" is a heading; choose one below it`,
  );
}

function checkCodes(field: FieldPlan, value: unknown): Complaint | undefined {
  if (!Array.isArray(value)) return checkCode(field, undefined);
  for (const each of value) {
    const wrong = checkCode(field, each);
    if (wrong) return wrong;
  }
  const { alone } = field.indicator;
  if (alone === undefined || value.length < 2 || !value.includes(alone)) return undefined;
  const name = field.codes?.get(alone)?.name ?? '';
  return complaint(
    'excludes_others',
    `${field.label.zh}：选择“${alone}-${name}”时不能再选其他项`,
    `${field.label.en}: "${alone}-${name}" excludes every other choice`,
  );
}

function checkPeriod(
  field: FieldPlan,
  value: unknown,
  today: string,
  isOne: (text: string) => boolean,
  example: string,
): Complaint | undefined {
  const { indicator, label } = field;
  if (typeof value !== 'string' || !isOne(value)) {
    return complaint(
      indicator.type === 'year' ? 'malformed_year' : 'malformed_date',
      `${label.zh}：${shown(field, value)}应写成 ${example} 这样`,
      `${label.en}: ${shownEn(field, value)} should be written like ${example}`,
    );
  }
  if (indicator.past && comparePeriods(value, today) > 0) {
    return complaint('in_future', `${label.zh} ${value} 晚于今天`, `${label.en} ${value} is in the future`);
  }
  if (indicator.closedYear && value >= today.slice(0, 4)) {
    return complaint(
      'year_not_over',
      `${label.zh} ${value} 尚未结束，只填报已结束的年度`,
      `${label.en} ${value} is not over; only past years are reported`,
    );
  }
  return undefined;
}

function checkNumber(field: FieldPlan, value: unknown): Complaint | undefined {
  const { indicator, label } = field;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return complaint('malformed_number', `${label.zh}：${shown(field, value)}不是数字`, `${label.en} is not a number`);
  }
  if (indicator.type === 'integer' && !Number.isInteger(value)) {
    return complaint('not_whole', `${label.zh}应为整数`, `${label.en} must be a whole number`);
  }
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = indicator;
  if (value < min) return complaint('too_small', `${label.zh}不能小于 ${min}`, `${label.en} is less than ${min}`);
  if (value > max) return complaint('too_large', `${label.zh}不能大于 ${max}`, `${label.en} is more than ${max}`);
  return undefined;
}

const longerThan = (text: string, max: number) => text.length > max && [...text].length > max;

function checkText({ indicator, label }: FieldPlan, value: unknown): Complaint | undefined {
  if (typeof value !== 'string') {
    return complaint('malformed_value', `${label.zh}应为文字`, `${label.en} must be text`);
  }
  if (control.test(value) || (indicator.type !== 'text' && value.includes('\n'))) {
    return complaint(
      'control_characters',
      `${label.zh}含有看不见的控制字符，请重新输入`,
      `${label.en} contains invisible control characters; type it again`,
    );
  }
  if (loneSurrogate.test(value)) {
    return complaint('malformed_value', `${label.zh}含有损坏的字符`, `${label.en} contains a broken character`);
  }
  const { maxLength } = indicator;
  if (maxLength !== undefined && longerThan(value, maxLength)) {
    return complaint(
      'too_long',
      `${label.zh}最多 ${maxLength} 个字，现为 ${[...value].length} 个`,
      `${label.en} has at most ${maxLength} characters, not ${[...value].length}`,
    );
  }
  return checkForm(label, indicator.form, value);
}

function checkForm(label: Words, form: string | undefined, value: string): Complaint | undefined {
  if (form === 'mobile' && !mobile.test(value)) {
    return complaint('malformed_mobile', `${label.zh}应为 11 位手机号码`, `${label.en} has 11 digits`);
  }
  if (form === 'phone' && !phone.test(value)) {
    return complaint('malformed_phone', `${label.zh}应写成 0578-1234567 这样`, `${label.en} is not a telephone number`);
  }
  if (form === 'email' && !email.test(value)) {
    return complaint('malformed_email', `${label.zh}应写成 name@example.cn 这样`, `${label.en} is not an address`);
  }
  if (form === 'personName' && /\d/.test(value)) {
    return complaint('malformed_name', `${label.zh}不应含有数字`, `${label.en} contains digits`);
  }
  return undefined;
}

import { normaliseDocumentNumber } from '../document/identity-document';
import type { Form } from '../section';
import { halfWidth, withoutInvisible } from './half-width';
import { refused, type Normalised } from './normalised';

/** Many characters look like the separator in names of ethnic minorities; · (U+00B7) is the official one. */
const middleDots = /[•‧∙⋅・･．]/g;

/** As on the document: no spaces inside a Chinese name, single ones between the words of a Latin name. */
export function normalisePersonName(text: string): string {
  const name = withoutInvisible(text).normalize('NFC').replace(middleDots, '·').replace(/\s+/g, ' ').trim();
  return /[A-Za-z]/.test(name) ? name : name.replaceAll(' ', '');
}

const byForm: Readonly<Partial<Record<Form, (text: string) => string>>> = {
  personName: normalisePersonName,
  document: normaliseDocumentNumber,
  mobile: (text) =>
    halfWidth(text)
      .replace(/[\s-]/g, '')
      .replace(/^(\+86|0086)/, ''),
  phone: (text) => halfWidth(text).replace(/\s/g, ''),
  email: (text) => halfWidth(text).replace(/\s/g, ''),
  certificate: (text) => halfWidth(text).replace(/\s/g, ''),
};

/** 1.9E+17: what a spreadsheet makes of an identity number. */
const scientific = /^\d(\.\d+)?E[+-]?\d+$/i;

const isId = (form: Form | undefined) =>
  form === 'document' || form === 'certificate' || form === 'mobile' || form === 'phone';

/** Figures of 16 digits and more have lost their last ones already. */
const lostDigits = (raw: string | number, read: string, form: Form | undefined): boolean => {
  if (typeof raw === 'number') return !(Math.abs(raw) < 1e15) || String(raw).includes('e');
  return isId(form) && (scientific.test(raw.trim()) || scientific.test(read));
};

export function normaliseString(raw: string | number, form: Form | undefined): Normalised {
  const rule = form && byForm[form];
  const text = String(raw);
  const read = rule ? rule(text) : withoutInvisible(text).normalize('NFC').replace(/\s+/g, ' ').trim();
  if (!lostDigits(raw, read, form)) return valueOf(read);
  return refused(
    'number_lost_digits',
    '表格软件已把这个号码变成数字并丢失末尾几位，请把单元格设为文本后重新填写',
    'The spreadsheet turned this number into a figure and lost its last digits; format the cell as text and enter it again',
  );
}

/** Several lines, each as it was typed. */
export function normaliseText(raw: string | number): Normalised {
  return valueOf(withoutInvisible(String(raw)).normalize('NFC').replace(/\r\n?/g, '\n').replaceAll('\t', ' ').trim());
}

const valueOf = (text: string): Normalised => ({ value: text === '' ? undefined : text });

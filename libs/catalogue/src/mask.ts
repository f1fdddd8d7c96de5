import { maskDocumentNumber } from './document/identity-document';
import { isEmpty, type Form, type Indicator } from './section';

const hidden = '******';

const byForm: Readonly<Partial<Record<Form, (text: string) => string>>> = {
  document: maskDocumentNumber,
  mobile: (text) => (text.length < 8 ? hidden : `${text.slice(0, 3)}****${text.slice(-4)}`),
  phone: (text) => (text.length < 7 ? hidden : `${'*'.repeat(text.length - 4)}${text.slice(-4)}`),
  email: (text) => `${text.slice(0, 1)}***${text.includes('@') ? text.slice(text.lastIndexOf('@')) : ''}`,
  address: (text) => (text.length <= 6 ? hidden : `${text.slice(0, 6)}******`),
};

/**
 * The value as it is shown without an unmasking: sensitive values become text that says there is one, others stay.
 * An empty value stays empty, since whether something was filled in is not secret.
 */
export function mask(indicator: Indicator, value: unknown): unknown {
  if (!indicator.sensitive || isEmpty(value)) return value;
  const rule = indicator.form && byForm[indicator.form];
  return rule && typeof value === 'string' ? rule(value) : hidden;
}

import { halfWidth } from './half-width';
import { quoted, refused, type Normalised } from './normalised';

const plain = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;

function numberIn(raw: unknown): number | undefined {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
  const text = halfWidth(String(raw)).replace(/\s/g, '');
  const value = plain.test(text) ? Number(text.replaceAll(',', '')) : NaN;
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

const notANumber = (raw: unknown) =>
  refused('malformed_number', `${quoted(raw)} 不是数字`, `${quoted(raw)} is not a number`);

export function normaliseInteger(raw: unknown): Normalised {
  const value = numberIn(raw);
  if (value === undefined) return notANumber(raw);
  if (Number.isInteger(value)) return { value: value === 0 ? 0 : value };
  return refused('not_whole', `${quoted(raw)} 应为整数`, `${quoted(raw)} must be a whole number`);
}

/** Two decimals, as money has; what a spreadsheet adds far behind (3500.4000000000001) is not more. */
export function normaliseDecimal(raw: unknown): Normalised {
  const value = numberIn(raw);
  if (value === undefined) return notANumber(raw);
  const rounded = Number(value.toFixed(2));
  if (Math.abs(rounded - value) <= 1e-9 * Math.max(1, Math.abs(value))) return { value: rounded === 0 ? 0 : rounded };
  return refused('too_many_decimals', `${quoted(raw)} 最多保留两位小数`, `${quoted(raw)} has more than two decimals`);
}

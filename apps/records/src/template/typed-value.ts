import { codeName, codeTableKeyFor, type Category, type Indicator, type Value } from '@shidang/catalogue';

/** A value as somebody types it who chose from the list: "1-男", "2016-09", 12. */
export function typedValue(indicator: Indicator, value: Value, category: Category): string | number {
  const table = codeTableKeyFor(indicator, category);
  const named = (code: string) => {
    const name = table && codeName(table, code);
    return name && name !== code ? `${code}-${name}` : code;
  };
  if (Array.isArray(value)) return value.map((each) => named(String(each))).join(',');
  if (typeof value === 'number') return value;
  return named(String(value));
}

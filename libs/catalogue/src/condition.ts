import { isEmpty, type Category, type Values } from './section';

/**
 * The condition language of `requiredWhen`, `emptyWhen` and `mustBe`: `field == code`, `field != code`,
 * `field in (a,b)`, joined by `and` / `or` (and binds tighter), over values of the same row; the name `category`
 * is the person's school category. A comparison with an empty value is false, also for `!=`; for a multi-value
 * indicator `==` means contains.
 */
export type Condition =
  | { readonly kind: 'any' | 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'is' | 'isNot'; readonly name: string; readonly codes: readonly string[] };

const comparison = /^([A-Za-z]\w*)\s*(?:(==|!=)\s*(\w+)|in\s*\(\s*(\w+(?:\s*,\s*\w+)*)\s*\))$/;

function parseComparison(text: string): Condition {
  const found = comparison.exec(text.trim());
  if (!found) throw new SyntaxError(`not a condition: "${text.trim()}"`);
  const [, name = '', operator, code, list] = found;
  if (code !== undefined) return { kind: operator === '!=' ? 'isNot' : 'is', name, codes: [code] };
  return { kind: 'is', name, codes: (list ?? '').split(',').map((each) => each.trim()) };
}

const parsed = new Map<string, Condition>();

/** Parses once per text; throws SyntaxError on anything else (the soundness test meets it, users never do). */
export function parseCondition(text: string): Condition {
  let condition = parsed.get(text);
  if (!condition) {
    const all = (part: string): Condition => ({ kind: 'all', of: part.split(/\sand\s/).map(parseComparison) });
    condition = { kind: 'any', of: text.split(/\sor\s/).map(all) };
    parsed.set(text, condition);
  }
  return condition;
}

function matches(value: unknown, codes: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((each) => codes.includes(String(each)));
  return codes.includes(String(value));
}

export function holds(condition: Condition, values: Values, category: Category): boolean {
  switch (condition.kind) {
    case 'any':
      return condition.of.some((each) => holds(each, values, category));
    case 'all':
      return condition.of.every((each) => holds(each, values, category));
    default: {
      const value = condition.name === 'category' ? category : values[condition.name];
      if (isEmpty(value)) return false;
      return matches(value, condition.codes) === (condition.kind === 'is');
    }
  }
}

/** Every comparison inside, for soundness checks and for redrawing a form only when a name it depends on changes. */
export function comparisonsIn(condition: Condition): readonly { name: string; codes: readonly string[] }[] {
  return 'of' in condition ? condition.of.flatMap(comparisonsIn) : [condition];
}

/** Is this text true of this row? */
export const conditionHolds = (text: string, values: Values, category: Category): boolean =>
  holds(parseCondition(text), values, category);

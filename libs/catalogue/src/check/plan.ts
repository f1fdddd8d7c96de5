import { codesOf, codeTableKeyFor } from '../code-tables';
import { indicatorsFor, labelOf } from '../catalogue';
import type { Code } from '../code-table';
import { comparisonsIn, holds, parseCondition, type Condition } from '../condition';
import type { Category, Indicator, Section, Values, Words } from '../section';

/** A condition with the names it reads, so that nothing is concluded from a value already found bad. */
export interface Rule {
  readonly text: string;
  readonly condition: Condition;
  readonly names: readonly string[];
}

/** One indicator in one category with everything looked up, so that checking a row only reads. */
export interface FieldPlan {
  readonly key: string;
  readonly indicator: Indicator;
  readonly label: Words;
  readonly codes?: ReadonlyMap<string, Code>;
  readonly required: boolean;
  readonly requiredWhen?: Rule;
  readonly emptyWhen?: Rule;
  readonly mustBe?: { readonly rule: Rule; readonly code: string };
  /** Compared with another value of the row. */
  readonly compares: boolean;
}

export interface RowPlan {
  readonly section: Section;
  readonly category: Category;
  readonly fields: readonly FieldPlan[];
  readonly byKey: ReadonlyMap<string, FieldPlan>;
  /** Fields another choice can switch off. */
  readonly switchable: readonly FieldPlan[];
}

function ruleOf(text: string): Rule {
  const condition = parseCondition(text);
  return { text, condition, names: comparisonsIn(condition).map((each) => each.name) };
}

function fieldPlan(indicator: Indicator, category: Category): FieldPlan {
  const table = codeTableKeyFor(indicator, category);
  return {
    key: indicator.key,
    indicator,
    label: labelOf(indicator, category),
    ...(table && { codes: codesOf(table) }),
    required: indicator.required === true || indicator.requiredIn?.includes(category) === true,
    ...(indicator.requiredWhen && { requiredWhen: ruleOf(indicator.requiredWhen) }),
    ...(indicator.emptyWhen && { emptyWhen: ruleOf(indicator.emptyWhen) }),
    ...(indicator.mustBe && { mustBe: { rule: ruleOf(indicator.mustBe.when), code: indicator.mustBe.code } }),
    compares: Boolean(
      indicator.notBefore ?? indicator.after ?? indicator.levelOf ?? indicator.differsFrom ?? indicator.parentIs,
    ),
  };
}

const plans = new Map<Section, Map<Category, RowPlan>>();

export function planFor(section: Section, category: Category): RowPlan {
  let ofSection = plans.get(section);
  if (!ofSection) plans.set(section, (ofSection = new Map()));
  let plan = ofSection.get(category);
  if (!plan) {
    const fields = indicatorsFor(section, category).map((each) => fieldPlan(each, category));
    const byKey = new Map(fields.map((field) => [field.key, field]));
    plan = { section, category, fields, byKey, switchable: fields.filter((field) => field.emptyWhen) };
    ofSection.set(category, plan);
  }
  return plan;
}

/** Must this value be given in this row? A switched-off value never, whatever else says so. */
export function isRequired(field: FieldPlan, values: Values, category: Category): boolean {
  if (field.indicator.readOnly) return false;
  if (field.emptyWhen && holds(field.emptyWhen.condition, values, category)) return false;
  return field.required || (field.requiredWhen !== undefined && holds(field.requiredWhen.condition, values, category));
}

const codeWords = (field: FieldPlan | undefined, code: string): string => {
  const found = field?.codes?.get(code);
  return found ? `“${code}-${found.name}”` : `“${code}”`;
};

/** A condition as people say it: 获得学历为“0-无”时. */
export function conditionWords(condition: Condition, plan: RowPlan): Words {
  const say = (one: Condition): Words => {
    if ('of' in one) {
      const parts = one.of.map(say);
      const [zh, en] = one.kind === 'any' ? ['或', ' or '] : ['且', ' and '];
      return { zh: parts.map((part) => part.zh).join(zh), en: parts.map((part) => part.en).join(en) };
    }
    const field = plan.byKey.get(one.name);
    const codes = one.codes.map((code) => codeWords(field, code));
    const label = field?.label ?? { zh: '学校类别', en: 'School category' };
    return {
      zh: `${label.zh}${one.kind === 'is' ? '为' : '不为'}${codes.join('或')}`,
      en: `${label.en} ${one.kind === 'is' ? 'is' : 'is not'} ${codes.join(' or ')}`,
    };
  };
  // The category is known to whoever reads this: it needs no saying.
  const known = (one: Condition): boolean => !('of' in one) && one.name === 'category';
  const pruned = (one: Condition): Condition =>
    'of' in one ? { ...one, of: one.of.filter((each) => !known(each)).map(pruned) } : one;
  return say(pruned(condition));
}

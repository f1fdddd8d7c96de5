import { belongsUnder } from './code-tables';
import { sectionOf } from './catalogue';
import { isRequired, planFor, type FieldPlan, type RowPlan } from './check/plan';
import type { Code } from './code-table';
import { holds } from './condition';
import type { Category, Indicator, Section, SectionKey, Value, Values, Words } from './section';

export interface FormField {
  readonly indicator: Indicator;
  readonly label: Words;
  readonly required: boolean;
  /** Another choice switched it off: not drawn, its value cleared. */
  readonly off: boolean;
  /** What may be chosen given the other values; undefined for indicators without a code table. */
  readonly choices?: readonly Code[];
}

const planOf = (section: Section | SectionKey, category: Category) =>
  planFor(typeof section === 'string' ? sectionOf(section) : section, category);

/** How each field of a row stands, given the values so far: the one answer that forms draw. */
export function formFields(section: Section | SectionKey, values: Values, category: Category): readonly FormField[] {
  const plan = planOf(section, category);
  return plan.fields.map((field): FormField => {
    const choices = choicesOf(plan, field, values);
    return {
      indicator: field.indicator,
      label: field.label,
      required: isRequired(field, values, category),
      off: isOff(plan, field, values),
      ...(choices && { choices }),
    };
  });
}

const isOff = (plan: RowPlan, field: FieldPlan, values: Values): boolean =>
  field.emptyWhen !== undefined && holds(field.emptyWhen.condition, values, plan.category);

/** Codes that agree with the rest of the row: levels of the chosen category, degrees of the chosen level. */
function choicesOf(plan: RowPlan, field: FieldPlan, values: Values): readonly Code[] | undefined {
  if (!field.codes) return undefined;
  const { levelOf, parentIs, differsFrom } = field.indicator;
  const chosen = (key: string | undefined) => (key === undefined ? undefined : values[key]);
  const [above, parent, taken] = [levelOf, parentIs, differsFrom].map(chosen);
  const aboveCodes = levelOf === undefined ? undefined : plan.byKey.get(levelOf)?.codes;
  return [...field.codes.values()].filter((each) => {
    if (each.selectable === false || (taken !== undefined && each.code === taken)) return false;
    if (parent !== undefined && each.parent !== parent) return false;
    return above === undefined || belongsUnder(each, String(above), aboveCodes);
  });
}

/**
 * The row after one value changed: what the change switched off is cleared, and a code that no longer agrees with the
 * row goes with it, so that nobody submits what the form no longer shows.
 */
export function withChange(
  section: Section | SectionKey,
  values: Values,
  key: string,
  value: Value | undefined,
  category: Category,
): Values {
  const plan = planOf(section, category);
  const next: Record<string, unknown> = { ...values, [key]: value };
  if (value === undefined) delete next[key];
  // Dependants come after what they depend on (the soundness test keeps it so): once through is enough.
  for (const field of plan.fields) {
    if (field.key === key) continue;
    if (isOff(plan, field, next) || !fits(plan, field, next, key)) delete next[field.key];
    else if (field.mustBe && holds(field.mustBe.rule.condition, next, category)) next[field.key] = field.mustBe.code;
  }
  return next;
}

function fits(plan: RowPlan, field: FieldPlan, values: Values, changed: string): boolean {
  const { levelOf, parentIs, differsFrom } = field.indicator;
  if (changed !== levelOf && changed !== parentIs && changed !== differsFrom) return true;
  return choicesOf(plan, field, values)?.some((each) => each.code === values[field.key]) === true;
}

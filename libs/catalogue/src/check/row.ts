import { findIndicator, identityFacts, labelOf, sectionOf } from '../catalogue';
import { checkDocument } from '../document/identity-document';
import { normaliseRow } from '../normalise/normalise';
import { isEmpty, type Category, type Section, type SectionKey, type Values } from '../section';
import { words, type Fix, type Violation } from '../violation';
import { checkCompared } from './comparisons';
import { conditionWords, planFor, type FieldPlan } from './plan';
import { RowCheck, type RowContext } from './row-check';
import { checkValue } from './value-check';

const nothing: readonly Violation[] = [];

/**
 * What is wrong with one row: values as `normalise` gives them, checked one by one and against each other.
 * The row's section must be complete: identity facts (columns of `teacher`) belong into `values` of the basic section,
 * see `identityValues`.
 */
export function rowViolations(
  section: Section | SectionKey,
  values: Values,
  category: Category,
  context: RowContext,
): readonly Violation[] {
  const plan = planFor(typeof section === 'string' ? sectionOf(section) : section, category);
  const check = new RowCheck(plan, values, context);
  checkKeys(check);
  for (const field of plan.fields) {
    const value = values[field.key];
    if (isEmpty(value) || check.isBad(field.key)) continue;
    const complaint = checkValue(field, value, context.today);
    if (complaint) check.add(complaint.code, field.key, complaint.words);
  }
  checkIdentity(check);
  checkSwitchedOff(check);
  for (const field of plan.fields) checkAgainstRow(check, field);
  return check.found.length > 0 ? check.found : nothing;
}

/** Raw values as typed or pasted: normalised and checked in one go. */
export function checkRow(
  section: Section | SectionKey,
  raw: Readonly<Record<string, unknown>>,
  category: Category,
  context: RowContext,
): { readonly values: Values; readonly violations: readonly Violation[] } {
  const of = typeof section === 'string' ? sectionOf(section) : section;
  const { values, refused } = normaliseRow(of, raw, category);
  const reported = new Set([...(context.reported ?? []), ...refused.map((each) => each.field)]);
  const plan = planFor(of, category);
  const { entry } = context;
  const unread = refused.map(({ field, reason }): Violation => {
    const label = plan.byKey.get(field)?.label;
    return {
      code: reason.code,
      section: of.key,
      ...(entry !== undefined && { entry }),
      field,
      severity: 'error',
      words: words(`${label?.zh}：${reason.words.zh}`, `${label?.en}: ${reason.words.en}`),
      ...(reason.fix && { fix: reason.fix }),
    };
  });
  // What is not collected is not kept, but never dropped in silence.
  const strange = Object.fromEntries(Object.entries(raw).filter(([key]) => !plan.byKey.has(key)));
  const found = rowViolations(of, { ...strange, ...values }, category, { ...context, reported });
  return { values, violations: [...unread, ...found] };
}

function checkKeys(check: RowCheck): void {
  const { plan, values } = check;
  for (const key in values) {
    if (plan.byKey.has(key) || isEmpty(values[key])) continue;
    const elsewhere = findIndicator(plan.section, key);
    if (!elsewhere) {
      check.add('unknown_indicator', key, words(`没有“${key}”这一指标`, `There is no indicator "${key}"`));
      continue;
    }
    // Somebody who changed to a school of another category keeps what was collected there.
    const label = labelOf(elsewhere);
    const text = words(`该学校类别不采集${label.zh}`, `${label.en} is not collected in this school category`);
    check.add('not_collected', key, text, { severity: 'warning' });
  }
}

/** domain.md §3: the number against itself, the birth date and the sex. */
function checkIdentity(check: RowCheck): void {
  const { documentType, documentNumber, birthDate, sex } = identityFacts;
  if (!check.plan.byKey.has(documentNumber) || !check.isSound(documentNumber) || !check.isSound(documentType)) return;
  const text = (key: string) => (check.isSound(key) ? String(check.values[key]) : undefined);
  const claim = {
    type: text(documentType) ?? '',
    number: text(documentNumber) ?? '',
    birthDate: text(birthDate) ?? '',
    sex: text(sex) ?? '',
  };
  const keys = { type: documentType, number: documentNumber, birthDate, sex };
  for (const finding of checkDocument(claim, check.context.today)) {
    const fix = finding.suggestion === undefined ? undefined : fixTo(finding.suggestion);
    check.add(finding.code, keys[finding.at], finding.words, { severity: finding.severity, ...(fix && { fix }) });
  }
}

const fixTo = (value: string): Fix => ({ value, words: words(`改为 ${value}`, `Change to ${value}`) });
const cleared: Fix = { value: undefined, words: words('清空此项', 'Clear it') };

/** "0-无" switches its dependants off. All that one choice switches off is one violation, at the choice. */
function checkSwitchedOff(check: RowCheck): void {
  let filled: Map<string, FieldPlan[]> | undefined;
  for (const field of check.plan.switchable) {
    const rule = field.emptyWhen;
    if (!rule || !check.isSound(field.key) || !check.holds(rule)) continue;
    filled ??= new Map();
    const together = filled.get(rule.text);
    if (together) together.push(field);
    else filled.set(rule.text, [field]);
  }
  for (const fields of filled?.values() ?? []) {
    const [first] = fields;
    if (!first?.emptyWhen) continue;
    const when = conditionWords(first.emptyWhen.condition, check.plan);
    const zh = fields.map((field) => field.label.zh).join('、');
    const en = fields.map((field) => field.label.en).join(', ');
    const text = words(`${when.zh}时，${zh}应为空`, `When ${when.en}, leave empty: ${en}`);
    if (fields.length === 1) check.add('not_applicable', first.key, text, { fix: cleared });
    else {
      const at = first.emptyWhen.names[0] ?? first.key;
      check.add('not_applicable', at, text, { also: fields.map((field) => field.key) });
    }
  }
}

function checkAgainstRow(check: RowCheck, field: FieldPlan): void {
  if (check.isBad(field.key)) return;
  if (isEmpty(check.values[field.key])) {
    if (!check.context.partial) checkRequired(check, field);
    return;
  }
  if (field.mustBe && check.holds(field.mustBe.rule)) checkMustBe(check, field, field.mustBe);
  if (field.compares) checkCompared(check, field);
}

function checkRequired(check: RowCheck, field: FieldPlan): void {
  if (field.indicator.readOnly) return;
  if (field.emptyWhen && (check.dependsOnBad(field.emptyWhen) || check.holds(field.emptyWhen))) return;
  const { zh, en } = field.label;
  if (field.required) {
    check.add('required', field.key, words(`${zh}必填`, `${en} is required`));
  } else if (field.requiredWhen && check.holds(field.requiredWhen)) {
    const when = conditionWords(field.requiredWhen.condition, check.plan);
    check.add('required', field.key, words(`${when.zh}时，${zh}必填`, `When ${when.en}, ${en} is required`));
  }
}

function checkMustBe(check: RowCheck, field: FieldPlan, { rule, code }: NonNullable<FieldPlan['mustBe']>): void {
  if (check.values[field.key] === code) return;
  const when = conditionWords(rule.condition, check.plan);
  const name = field.codes?.get(code)?.name ?? '';
  check.add(
    'contradicts_row',
    field.key,
    words(
      `${when.zh}时，${field.label.zh}应为“${code}-${name}”`,
      `When ${when.en}, ${field.label.en} is "${code}-${name}"`,
    ),
    { fix: { value: code, words: words(`改为 ${code}-${name}`, `Change to ${code}-${name}`) } },
  );
}

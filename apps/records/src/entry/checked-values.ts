import {
  findIndicator,
  isEmpty,
  normalise,
  rowViolations,
  type Category,
  type SectionKey,
  type Value,
  type Values,
  type Violation,
} from '@shidang/catalogue';
import { recordsRefusals, type Finding, type RecordFinding } from '@shidang/contracts';

/** Values as typed → as stored, `undefined` for an emptied one. Refuses what cannot be read, all of it at once. */
export function readValues(
  section: SectionKey,
  typed: Readonly<Record<string, unknown>>,
  category: Category,
): Record<string, Value | undefined> {
  const read: Record<string, Value | undefined> = {};
  const findings: Finding[] = [];
  for (const [key, raw] of Object.entries(typed)) {
    const indicator = findIndicator(section, key)!;
    const result = normalise(indicator, raw, category);
    if (!('code' in result)) read[key] = result.value;
    else
      findings.push({
        pointer: `/values/${key}`,
        field: key,
        code: `records.${result.code}`,
        detail: `${indicator.zhName}：${result.words.zh}`,
        detailEn: `${indicator.en}: ${result.words.en}`,
      });
  }
  if (findings.length > 0) throw recordsRefusals.valuesWrong({}).with(findings);
  return read;
}

const sameHit = (a: Violation) => (b: Violation) => a.code === b.code && a.field === b.field;

/**
 * Refuses a write that makes the row wrong. What was wrong before does not stop mending something else, and what is
 * missing does not stop a draft.
 */
export function refuseNewErrors(
  section: SectionKey,
  before: Values,
  after: Values,
  category: Category,
  today: string,
): void {
  const errorsIn = (values: Values) =>
    rowViolations(section, values, category, { today, partial: true }).filter((each) => each.severity === 'error');
  const known = errorsIn(before);
  const made = errorsIn(after).filter((each) => !known.some(sameHit(each)));
  if (made.length === 0) return;
  throw recordsRefusals.valuesWrong({}).with(
    made.map((each) => ({
      pointer: each.field ? `/values/${each.field}` : '/values',
      field: each.field,
      code: `records.${each.code}`,
      detail: each.words.zh,
      detailEn: each.words.en,
    })),
  );
}

/** What the rules say about a row as it stands; shown beside the draft, refused only at submission. */
export const rowFindings = (
  section: SectionKey,
  entryId: string,
  values: Values,
  category: Category,
  today: string,
): RecordFinding[] => rowViolations(section, values, category, { today, entry: entryId }).map(toFinding);

export const toFinding = (violation: Violation): RecordFinding => ({
  section: violation.section,
  entryId: typeof violation.entry === 'string' ? violation.entry : undefined,
  indicator: violation.field,
  code: violation.code,
  severity: violation.severity,
  detail: violation.words.zh,
  detailEn: violation.words.en,
});

const asText = (value: unknown) => (isEmpty(value) ? '' : JSON.stringify(value));

/** Keys whose value really differs: writing what is there already changes nothing and leaves no trace. */
export const changedKeys = (before: Values, changes: Readonly<Record<string, Value | undefined>>): string[] =>
  Object.keys(changes).filter((key) => asText(before[key]) !== asText(changes[key]));

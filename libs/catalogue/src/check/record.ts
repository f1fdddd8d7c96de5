import { sections } from '../catalogue';
import { isEmpty, type Category, type RecordRow, type Section, type TeacherRecord, type Values } from '../section';
import { words, type Violation } from '../violation';
import { planFor } from './plan';
import { recordRules } from './record-rules';
import { rowViolations } from './row';
import type { RowContext } from './row-check';

export type RecordContext = Pick<RowContext, 'today' | 'partial'>;

/**
 * The one validator over a whole record: every row, then the record across its rows. Service, import and browser
 * call this same function.
 */
export function violations(record: TeacherRecord, category: Category, context: RecordContext): readonly Violation[] {
  const found: Violation[] = [];
  for (const section of sections) {
    for (const [index, row] of (record[section.key] ?? []).entries()) {
      found.push(...rowViolations(section, row.values, category, { ...context, entry: row.id ?? index }));
    }
  }
  found.push(...recordViolations(record, category, context));
  return found;
}

/**
 * What is wrong across rows and sections, given that each row has been checked alone. Contradictions are warnings
 * that can be accepted with a reason.
 */
export function recordViolations(
  record: TeacherRecord,
  category: Category,
  context: RecordContext,
): readonly Violation[] {
  const found: Violation[] = [];
  for (const section of sections) {
    const rows = record[section.key] ?? [];
    if (!context.partial) found.push(...tooFew(section, rows));
    found.push(...tooMany(section, rows));
    found.push(...duplicates(section, rows));
    found.push(...openEnds(section, rows, category));
    found.push(...overlaps(section, rows));
  }
  for (const rule of recordRules) {
    for (const { words: text, ...hit } of rule.find(record, category, context)) {
      found.push({ code: rule.code, severity: rule.severity, words: text, ...hit });
    }
  }
  return found;
}

const entryOf = (row: RecordRow, index: number) => row.id ?? index;

function tooFew(section: Section, rows: readonly RecordRow[]): Violation[] {
  if (!section.atLeastOneRecord || rows.length > 0) return [];
  const text = words(`${section.zhName}至少填写一条`, `${section.en} needs at least one row`);
  return [{ code: 'section_empty', section: section.key, severity: 'error', words: text }];
}

function tooMany(section: Section, rows: readonly RecordRow[]): Violation[] {
  const [, second] = rows;
  if (section.multiRecord || !second) return [];
  const text = words(`${section.zhName}只能有一条`, `${section.en} has one row only`);
  return [{ code: 'single_section', section: section.key, entry: entryOf(second, 1), severity: 'error', words: text }];
}

/**
 * The natural key of a row: equal keys mean the same fact, so importing it again changes nothing. Undefined when the
 * section has none, or the row fills none of it.
 */
export function rowKey(section: Section, values: Values): string | undefined {
  const parts = (section.identifiedBy ?? []).map((key) => {
    const value = values[key];
    return Array.isArray(value) ? [...value].sort().join(',') : isEmpty(value) ? '' : String(value);
  });
  return parts.every((part) => part === '') ? undefined : JSON.stringify(parts);
}

function duplicates(section: Section, rows: readonly RecordRow[]): Violation[] {
  if (!section.multiRecord || rows.length < 2) return [];
  const seen = new Map<string, number>();
  const found: Violation[] = [];
  for (const [index, row] of rows.entries()) {
    const key = rowKey(section, row.values);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      continue;
    }
    const text = words(
      `${section.zhName}第 ${index + 1} 条与第 ${first + 1} 条重复`,
      `${section.en}: row ${index + 1} repeats row ${first + 1}`,
    );
    found.push({
      code: 'duplicate_row',
      section: section.key,
      entry: entryOf(row, index),
      severity: 'error',
      words: text,
    });
  }
  return found;
}

/** The latest row's empty end means 至今; earlier rows must have ended. */
function openEnds(section: Section, rows: readonly RecordRow[], category: Category): Violation[] {
  const { periods } = section;
  if (periods?.openOnly !== 'latest' || rows.length < 2) return [];
  const startOf = (row: RecordRow) => String(row.values[periods.start] ?? '');
  const latest = rows.reduce((max, row) => (startOf(row) > max ? startOf(row) : max), '');
  const label = planFor(section, category).byKey.get(periods.end)?.label;
  return rows.flatMap((row, index): Violation[] => {
    if (!isEmpty(row.values[periods.end]) || startOf(row) === '' || startOf(row) >= latest) return [];
    const text = words(
      `${section.zhName}第 ${index + 1} 条：只有最近一条可以不填${label?.zh}（至今）`,
      `${section.en}, row ${index + 1}: only the latest row may leave ${label?.en} empty`,
    );
    return [
      {
        code: 'open_end_not_latest',
        section: section.key,
        entry: entryOf(row, index),
        field: periods.end,
        severity: 'error',
        words: text,
      },
    ];
  });
}

const isPeriod = (text: unknown): text is string => typeof text === 'string' && /^\d{4}-\d\d/.test(text);

/** Two rows at once are possible (two part-time jobs), but usually a slip. */
function overlaps(section: Section, rows: readonly RecordRow[]): Violation[] {
  const { periods } = section;
  if (!periods || rows.length < 2) return [];
  const spans = rows
    .map((row, index) => ({ row, index, start: row.values[periods.start], end: row.values[periods.end] }))
    .filter((span) => isPeriod(span.start))
    .sort((a, b) => (String(a.start) < String(b.start) ? -1 : 1));
  return spans.slice(1).flatMap((span, at): Violation[] => {
    const before = spans[at];
    // An open row before the latest is its own violation where that is forbidden.
    if (!before || (isEmpty(before.end) && periods.openOnly === 'latest')) return [];
    const end = isEmpty(before.end) ? '9999-12' : before.end;
    if (!isPeriod(end) || end <= String(span.start)) return [];
    const text = words(
      `${section.zhName}第 ${before.index + 1} 条与第 ${span.index + 1} 条时间重叠`,
      `${section.en}: rows ${before.index + 1} and ${span.index + 1} overlap in time`,
    );
    return [
      {
        code: 'periods_overlap',
        section: section.key,
        entry: entryOf(span.row, span.index),
        field: periods.start,
        severity: 'warning',
        words: text,
      },
    ];
  });
}

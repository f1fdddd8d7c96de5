import { sections } from './catalogue';
import { isRequired, planFor } from './check/plan';
import {
  isEmpty,
  type Category,
  type Section,
  type SectionKey,
  type TeacherRecord,
  type Values,
  type Words,
} from './section';
import { words } from './violation';

export interface Missing {
  /** Absent when the whole section is missing. */
  readonly entry?: string | number;
  readonly field?: string;
  readonly words: Words;
}

export interface SectionCompleteness {
  readonly section: SectionKey;
  readonly zhName: string;
  readonly en: string;
  /** Required values given, of those required. A section that needs a row but has none counts the row it needs. */
  readonly done: number;
  readonly total: number;
  readonly rows: number;
  readonly missing: readonly Missing[];
}

export interface Completeness {
  readonly done: number;
  readonly total: number;
  readonly complete: boolean;
  readonly sections: readonly SectionCompleteness[];
}

/**
 * How much of what must be given is given, and what is missing, in words 工作方案 五(三). Whether what is given is
 * right is `violations`' business.
 */
export function completeness(record: TeacherRecord, category: Category): Completeness {
  const each = sections.map((section) => sectionCompleteness(section, record, category));
  const done = each.reduce((sum, one) => sum + one.done, 0);
  const total = each.reduce((sum, one) => sum + one.total, 0);
  return { done, total, complete: each.every((one) => one.missing.length === 0), sections: each };
}

/** Whole per cent: 100 only when nothing is missing, 0 only when nothing is given. */
export function percentDone({ done, total }: Pick<Completeness, 'done' | 'total'>): number {
  if (done === 0) return 0;
  return done === total ? 100 : Math.min(Math.max(Math.round((done * 100) / total), 1), 99);
}

function sectionCompleteness(section: Section, record: TeacherRecord, category: Category): SectionCompleteness {
  const { key, zhName, en } = section;
  const rows = record[key] ?? [];
  const named = { section: key, zhName, en, rows: rows.length };
  if (rows.length === 0) {
    if (!section.atLeastOneRecord) return { ...named, done: 0, total: 0, missing: [] };
    const total = planFor(section, category).fields.filter((field) => isRequired(field, {}, category)).length;
    return {
      ...named,
      done: 0,
      total,
      missing: [{ words: words(`${zhName}至少填写一条`, `${en} needs at least one row`) }],
    };
  }
  let done = 0;
  const missing: Missing[] = [];
  for (const [index, row] of rows.entries()) {
    const lacking = missingIn(section, row.values, category);
    done += lacking.given;
    const place = section.multiRecord ? words(`第 ${index + 1} 条：`, `row ${index + 1}: `) : words('', '');
    for (const { field, label } of lacking.fields) {
      const text = words(`${zhName}${place.zh || '：'}${label.zh}未填`, `${en}, ${place.en}${label.en} is missing`);
      missing.push({ entry: row.id ?? index, field, words: text });
    }
  }
  return { ...named, done, total: done + missing.length, missing };
}

function missingIn(section: Section, values: Values, category: Category) {
  const fields: { field: string; label: Words }[] = [];
  let given = 0;
  for (const field of planFor(section, category).fields) {
    if (!isRequired(field, values, category)) continue;
    if (isEmpty(values[field.key])) fields.push({ field: field.key, label: field.label });
    else given++;
  }
  return { given, fields };
}

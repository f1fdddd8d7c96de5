import { findCode } from './code-tables';
import { findIndicator, indicatorsFor, sections } from './catalogue';
import { isEmpty, type Category, type Derivation, type RecordRow, type TeacherRecord, type Value } from './section';

const textAt = (row: RecordRow, key: string | undefined): string => {
  const value = key === undefined ? undefined : row.values[key];
  return typeof value === 'string' ? value : '';
};

/** 1 is the highest; rows whose code has no rank do not compete. */
function rankOf(row: RecordRow, from: Derivation): number | undefined {
  const table = findIndicator(from.section, from.by)?.codeTable;
  return table === undefined ? undefined : findCode(table, textAt(row, from.by))?.rank;
}

function highest(rows: readonly RecordRow[], from: Derivation): RecordRow | undefined {
  let best: { row: RecordRow; rank: number } | undefined;
  for (const row of rows) {
    const rank = rankOf(row, from);
    if (rank === undefined) continue;
    const wins =
      !best || rank < best.rank || (rank === best.rank && textAt(row, from.tie) > textAt(best.row, from.tie));
    if (wins) best = { row, rank };
  }
  return best?.row;
}

function latest(rows: readonly RecordRow[], from: Derivation): RecordRow | undefined {
  const open = from.open;
  return rows
    .filter((row) => open === undefined || isEmpty(row.values[open]))
    .reduce<RecordRow | undefined>(
      (last, row) => (!last || textAt(row, from.by) >= textAt(last, from.by) ? row : last),
      undefined,
    );
}

/**
 * The read-only values of single sections (highest education, current post, current title …), by indicator key of
 * the basic section. Empty ones are left out, so that a lost row also takes away what came from it.
 */
export function derived(record: TeacherRecord, category: Category): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const section of sections) {
    for (const { key, derivedFrom } of indicatorsFor(section, category)) {
      if (!derivedFrom) continue;
      const rows = record[derivedFrom.section] ?? [];
      const row = derivedFrom.pick === 'highest' ? highest(rows, derivedFrom) : latest(rows, derivedFrom);
      const value = row?.values[derivedFrom.take];
      if (typeof value === 'string' && value !== '') values[key] = value;
    }
  }
  return values;
}

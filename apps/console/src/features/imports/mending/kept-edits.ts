import type { CellEdit } from './mend-line';

const nameOf = (importId: string) => `shidang.import.${importId}`;

/** Edits that had not reached the server when the page was reloaded; only what is not sensitive was kept, and only in this tab. */
export function keptEdits(importId: string): CellEdit[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(importId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEdit) : [];
  } catch {
    return [];
  }
}

const isEdit = (value: unknown): value is CellEdit =>
  typeof value === 'object' &&
  value !== null &&
  'sheet' in value &&
  'row' in value &&
  'column' in value &&
  'value' in value &&
  typeof value.value === 'string';

export function keepEdits(importId: string, edits: readonly CellEdit[]): void {
  try {
    if (edits.length === 0) sessionStorage.removeItem(nameOf(importId));
    else sessionStorage.setItem(nameOf(importId), JSON.stringify(edits));
  } catch {
    // a full or forbidden storage loses only what a reload would find; the page still has it
  }
}

import { threeWayMerge, type MergeConflict } from '@shidang/web-kit';
import type { Report } from './report-calls';
import { isChanged, openSheet, textsOf, type SheetDraft, type Texts } from './sheet-draft';

export interface Rebased {
  readonly draft: SheetDraft;
  readonly conflicts: readonly MergeConflict[];
}

/** After a 412: the same work on top of what lies at the server now. */
export function rebase({ base, texts }: SheetDraft, fresh: Report): Rebased {
  const theirs = textsOf(fresh);
  const { values, conflicts } = threeWayMerge(base, theirs, texts);
  const merged = Object.fromEntries(Object.keys(theirs).map((key) => [key, String(values[key] ?? '')]));
  return { draft: { base: theirs, texts: merged }, conflicts };
}

const shelfKey = (accountId: string, reportId: string) => `shidang.report.${accountId}.${reportId}`;

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was typed survives a reload; figures and words of a report are nobody's secret values. */
export function keepDraft(shelf: Shelf, accountId: string, reportId: string, draft: SheetDraft): void {
  const key = shelfKey(accountId, reportId);
  if (isChanged(draft)) shelf.setItem(key, JSON.stringify(draft));
  else shelf.removeItem(key);
}

const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

/** The sheet with what was typed before the reload, merged onto what the server has now. */
export function withKeptDraft(shelf: Shelf, accountId: string, report: Report): Rebased {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(shelfKey(accountId, report.id)) ?? 'null');
    if (typeof kept === 'object' && kept !== null && 'base' in kept && 'texts' in kept) {
      const { base, texts } = kept;
      if (isTexts(base) && isTexts(texts)) return rebase({ base, texts }, report);
    }
  } catch {
    // a shelf that cannot be read holds nothing
  }
  return { draft: openSheet(report), conflicts: [] };
}

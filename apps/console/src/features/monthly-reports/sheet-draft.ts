import { threeWayMerge, type MergeConflict } from '@shidang/web-kit';
import { valueOf, type CellValue, type Report, type ReportCell } from './report-calls';

/** What is typed, as text, by cell: what cannot be read stays in its field until it is mended. */
export type Texts = Readonly<Record<string, string>>;

/** The typed cells of an open sheet while somebody works on them. */
export interface SheetDraft {
  /** As the server gave them. */
  readonly base: Texts;
  readonly texts: Texts;
}

export interface SheetFinding {
  readonly key: string;
  readonly what: 'needed' | 'wrong_integer' | 'wrong_day' | 'tooLarge' | 'tooLong';
  readonly limit?: number;
  readonly limitKey?: string;
}

export const cellsIn = (report: Report): ReportCell[] => report.groups.flatMap(({ cells }) => cells);
const typedIn = (report: Report): ReportCell[] => cellsIn(report).filter(({ kind }) => kind === 'typed');

export function textOf(value: CellValue): string {
  if (value === null) return '';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

const textsOf = (report: Report): Texts =>
  Object.fromEntries(typedIn(report).map(({ key, own }) => [key, textOf(valueOf(own))]));

export function openSheet(report: Report): SheetDraft {
  const texts = textsOf(report);
  return { base: texts, texts };
}

export const typeInto = (draft: SheetDraft, key: string, text: string): SheetDraft => ({
  ...draft,
  texts: { ...draft.texts, [key]: text },
});

const whole = /^\d{1,7}$/;

/** Full-width digits and stray blanks are what an input method leaves behind, not a mistake. */
export const plain = (text: string): string => text.normalize('NFKC').trim();

function isRealDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

function readText({ type }: ReportCell, text: string): CellValue | SheetFinding['what'] {
  if (type === 'text') return text.trim() === '' ? null : text.length > 2000 ? 'tooLong' : text.normalize('NFC');
  const read = plain(text);
  if (read === '') return null;
  if (type === 'yesNo') return read === 'yes';
  if (type === 'day') return isRealDay(read) ? read : 'wrong_day';
  return whole.test(read) ? Number(read) : 'wrong_integer';
}

const kinds = new Set<unknown>(['wrong_integer', 'wrong_day', 'tooLong']);
const isFinding = (read: CellValue | SheetFinding['what']): read is SheetFinding['what'] => kinds.has(read);

/** Only what differs, `null` for what was emptied. */
export function changesOf(report: Report, { base, texts }: SheetDraft): Record<string, CellValue> {
  const changed = typedIn(report).filter(({ key }) => (base[key] ?? '') !== (texts[key] ?? ''));
  return Object.fromEntries(
    changed.flatMap((cell) => {
      const read = readText(cell, texts[cell.key] ?? '');
      return isFinding(read) ? [] : [[cell.key, read]];
    }),
  );
}

export const isChanged = ({ base, texts }: SheetDraft): boolean =>
  Object.keys(texts).some((key) => (base[key] ?? '') !== texts[key]);

/** What keeps the sheet from being saved; `submitting` also what keeps it from being submitted: the server says the same. */
export function findingsOf(report: Report, { texts }: SheetDraft, submitting: boolean): SheetFinding[] {
  const own = new Map(cellsIn(report).map((cell) => [cell.key, valueOf(cell.own)]));
  return typedIn(report).flatMap((cell): SheetFinding[] => {
    const { key } = cell;
    const read = readText(cell, texts[key] ?? '');
    if (isFinding(read)) return [{ key, what: read }];
    if (!submitting) return [];
    const needed = cell.required || (cell.neededWith !== undefined && texts[cell.neededWith] === 'yes');
    if (read === null) return needed ? [{ key, what: 'needed' }] : [];
    const limit = cell.atMost === undefined ? undefined : own.get(cell.atMost);
    if (typeof read === 'number' && typeof limit === 'number' && read > limit)
      return [{ key, what: 'tooLarge', limit, limitKey: cell.atMost }];
    return [];
  });
}

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

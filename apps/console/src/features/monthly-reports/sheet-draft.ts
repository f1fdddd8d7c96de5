import { valueOf, type CellValue } from './cell-value';
import type { Report, ReportCell } from './report-calls';

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

export const textsOf = (report: Report): Texts =>
  Object.fromEntries(typedIn(report).map(({ key, own }) => [key, textOf(valueOf(own))]));

export function openSheet(report: Report): SheetDraft {
  const texts = textsOf(report);
  return { base: texts, texts };
}

export const typeInto = (draft: SheetDraft, key: string, text: string): SheetDraft => ({
  ...draft,
  texts: { ...draft.texts, [key]: text },
});

/** After a save: what was typed since it was sent stands on top of what the server answered. */
export function settle(now: SheetDraft, sent: SheetDraft, saved: Report): SheetDraft {
  const base = textsOf(saved);
  const typed = Object.entries(now.texts).filter(([key, text]) => key in base && text !== sent.texts[key]);
  return { base, texts: { ...base, ...Object.fromEntries(typed) } };
}

const whole = /^\d{1,7}$/;

/** Full-width digits and stray blanks are what an input method leaves behind, not a mistake. */
export const plain = (text: string): string => text.normalize('NFKC').trim();

const dayForms = /^(\d{4})(?:年|[-/.])?(\d{1,2})(?:月|[-/.])?(\d{1,2})日?$/;

/** `2016-9-1`, `2016/09/01`, `2016年9月1日`, `20160901`: as people write days. */
function readDay(text: string): string | undefined {
  const [, year, month = '', number = ''] = dayForms.exec(text) ?? [];
  const day = `${year}-${month.padStart(2, '0')}-${number.padStart(2, '0')}`;
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === day ? day : undefined;
}

function readText({ type }: ReportCell, text: string): CellValue | SheetFinding['what'] {
  if (type === 'text') return text.trim() === '' ? null : text.length > 2000 ? 'tooLong' : text.normalize('NFC');
  const read = plain(text);
  if (read === '') return null;
  if (type === 'yesNo') return read === 'yes';
  if (type === 'day') return readDay(read) ?? 'wrong_day';
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

/** Somebody has typed: the name under which the sheet signs itself (`signer`) is nothing that could be lost. */
export const isTyped = ({ base, texts }: SheetDraft, signer: string | undefined): boolean =>
  isChanged({ base, texts: { ...texts, ...(texts['filledBy'] === signer && { filledBy: base['filledBy'] ?? '' }) } });

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

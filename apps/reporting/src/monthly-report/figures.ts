import type { CellValue } from '@shidang/contracts';
import { rateOf } from '../progress/organisation-progress';
import { cells, type Cell, type Source } from './form';

/** What the register says of an organisation's own schools at one moment. */
export interface Register {
  readonly records: readonly { status: string; formal_code: boolean; n: number }[];
  readonly accounts: readonly { role: string; issued: number; activated: number }[];
  readonly schools: number;
  readonly schoolsWithAccounts: number;
  /** Null when no school has declared any. */
  readonly headCount: number | null;
}

/** Values of one sheet by cell. */
export type Figures = Readonly<Record<string, CellValue>>;

function countOf(source: Source, register: Register): number | null {
  if ('from' in source) return register[source.from];
  if ('records' in source) {
    const { statuses, formalCode } = source.records;
    return register.records
      .filter((r) => statuses.some((s) => s === r.status) && (formalCode ?? r.formal_code) === r.formal_code)
      .reduce((sum, r) => sum + r.n, 0);
  }
  const account = register.accounts.find((a) => a.role === source.accountsOf);
  return (source.activated ? account?.activated : account?.issued) ?? 0;
}

const number = (value: CellValue | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

/** Rates are never added up: they are computed from the numbers of the sheet they stand on. */
function withRates(figures: Record<string, CellValue>): Figures {
  for (const cell of cells) {
    if (cell.kind !== 'rate') continue;
    figures[cell.key] = rateOf(number(figures[cell.of]) ?? 0, number(figures[cell.over])) ?? null;
  }
  return figures;
}

/** The own sheet: what was typed and what the register says. */
export function ownFigures(register: Register, typed: Figures): Figures {
  const value = (cell: Cell): CellValue =>
    cell.kind === 'filled' ? countOf(cell.source, register) : (typed[cell.key] ?? null);
  return withRates(Object.fromEntries(cells.map((cell) => [cell.key, value(cell)])));
}

function sumOf(cell: Cell, own: Figures, below: readonly Figures[]): CellValue {
  const values = [own, ...below].map((sheet) => sheet[cell.key] ?? null);
  if (cell.type === 'yesNo')
    return values.filter((value) => value === true || typeof value === 'number').reduce<number>(countYes, 0);
  if (cell.type !== 'integer') return own[cell.key] ?? null;
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? null : numbers.reduce((sum, n) => sum + n, 0);
}

/** A rolled-up sheet below has counted its yeses already. */
const countYes = (sum: number, value: CellValue): number => sum + (typeof value === 'number' ? value : 1);

/** The roll-up is arithmetic on frozen sheets: the own one and those below (工作方案 六(三)). */
export const rolledUp = (own: Figures, below: readonly Figures[]): Figures =>
  withRates(Object.fromEntries(cells.map((cell) => [cell.key, sumOf(cell, own, below)])));

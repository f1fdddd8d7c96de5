import { sectionOf, type SectionKey, type Values } from '@shidang/catalogue';

export interface Period {
  readonly id: string;
  readonly values: Values;
}

/** Whole months in between that no row covers: `2009-07` up to `2010-08`. */
export interface Gap {
  /** Stands before this row, in the order of time. */
  readonly before: string;
  readonly from: string;
  readonly to: string;
}

const monthOf = (value: unknown): number | undefined => {
  const match = /^(\d{4})-(\d{2})/.exec(String(value ?? ''));
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : undefined;
};
const textOf = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const present = Number.MAX_SAFE_INTEGER;

/** Rows of a section that covers time, the earliest first; others as they come. */
export function inOrder<T extends Period>(section: SectionKey, rows: readonly T[]): T[] {
  const { periods } = sectionOf(section);
  if (!periods) return [...rows];
  const start = ({ values }: Period) => monthOf(values[periods.start]) ?? present;
  return [...rows].sort((a, b) => start(a) - start(b));
}

/** Where nothing is told of more than a month: a hint, for many a gap is right. */
export function gapsIn(section: SectionKey, rows: readonly Period[]): Gap[] {
  const { periods } = sectionOf(section);
  if (!periods) return [];
  const gaps: Gap[] = [];
  let covered: number | undefined;
  for (const { id, values } of inOrder(section, rows)) {
    const start = monthOf(values[periods.start]);
    if (start === undefined) continue;
    if (covered !== undefined && start - covered > 2)
      gaps.push({ before: id, from: textOf(covered + 1), to: textOf(start - 1) });
    covered = Math.max(covered ?? 0, monthOf(values[periods.end]) ?? present);
  }
  return gaps;
}

import {
  progressStatuses,
  turns,
  type MeasuredOrganisation,
  type OrganisationProgress,
  type ProgressFigures,
  type ProgressRates,
  type ProgressStatus,
} from '@shidang/contracts';
import { roles } from '@shidang/access';
import { turnOf } from '../teacher/progress-status';

/** Counts of one organisation by measure, as the roll-up keeps them. */
export type Counts = Readonly<Record<string, number>>;

type Reached = 'entered' | 'complete' | 'schoolReviewed' | 'submitted' | 'authorityReviewed' | 'returned';

/**
 * Which statuses a figure adds up: who got at least that far. What was sent back is waiting with the school again and
 * counts as entered and returned only.
 */
export const statusesOf = {
  registered: progressStatuses.filter((status) => status !== 'left'),
  entered: progressStatuses.filter((status) => status !== 'left' && status !== 'not-started'),
  complete: ['complete', 'school-review', 'school-approved', 'authority-review', 'effective'],
  schoolReviewed: ['school-approved', 'authority-review', 'effective'],
  submitted: ['authority-review', 'effective'],
  authorityReviewed: ['authority-returned', 'effective'],
  returned: ['school-returned', 'authority-returned'],
  effective: ['effective'],
  conflict: ['conflict'],
  left: ['left'],
} as const satisfies Readonly<
  Record<Reached | 'registered' | 'effective' | 'conflict' | 'left', readonly ProgressStatus[]>
>;

export const sumOf = (counts: Counts, statuses: readonly ProgressStatus[]): number =>
  statuses.reduce((sum, status) => sum + (counts[`status:${status}`] ?? 0), 0);

/** A share of the declared head count, four digits; nothing when nothing is declared: few accounts must not show 100 %. */
export const rateOf = (n: number, headCount: number | undefined): number | undefined =>
  headCount ? Math.round((n / headCount) * 10_000) / 10_000 : undefined;

function figuresOf(counts: Counts, headCount: number | undefined): ProgressFigures {
  const sums = Object.fromEntries(
    Object.entries(statusesOf).map(([figure, statuses]) => [figure, sumOf(counts, statuses)]),
  ) as Record<keyof typeof statusesOf, number>;
  return { ...sums, unregistered: Math.max(0, (headCount ?? 0) - sums.registered) };
}

function ratesOf(counts: Counts, figures: ProgressFigures, headCount: number | undefined): ProgressRates {
  const share = (n: number) => rateOf(n, headCount);
  return {
    registered: share(figures.registered),
    activated: share(counts['accounts-activated:teacher'] ?? 0),
    entered: share(figures.entered),
    complete: share(figures.complete),
    schoolReviewed: share(figures.schoolReviewed),
    submitted: share(figures.submitted),
    effective: share(figures.effective),
  };
}

function turnsOf(counts: Counts, unregistered: number): OrganisationProgress['turns'] {
  return turns.map((turn) => {
    const mine = progressStatuses.filter((status) => turnOf[status] === turn);
    return { turn, n: sumOf(counts, mine) + (turn === 'school' ? unregistered : 0) };
  });
}

export function progressOf(organisation: MeasuredOrganisation, counts: Counts): OrganisationProgress {
  const declared = counts['schools-declared'] ?? 0;
  const headCount = declared > 0 ? (counts['head-count'] ?? 0) : undefined;
  const figures = figuresOf(counts, headCount);
  return {
    organisation,
    headCount,
    schools: counts['schools'] ?? 0,
    schoolsDeclared: declared,
    schoolsConfirmed: counts['schools-confirmed'] ?? 0,
    accounts: roles.flatMap((role) => {
      const issued = counts[`accounts-issued:${role}`] ?? 0;
      return issued === 0 ? [] : [{ role, issued, activated: counts[`accounts-activated:${role}`] ?? 0 }];
    }),
    statuses: progressStatuses.map((status) => ({ status, n: counts[`status:${status}`] ?? 0 })),
    figures,
    turns: turnsOf(counts, figures.unregistered),
    rates: ratesOf(counts, figures, headCount),
  };
}

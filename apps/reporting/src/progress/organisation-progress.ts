import {
  progressStatuses,
  turns,
  type MeasuredOrganisation,
  type OrganisationProgress,
  type ProgressFigures,
  type ProgressRates,
  type ProgressStatus,
  type Turn,
} from '@shidang/contracts';
import { roles, type Role } from '@shidang/access';
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

/** Names of the counts, made once: a dashboard of a city asks for ten thousand. */
const measureOf = Object.fromEntries(progressStatuses.map((status) => [status, `status:${status}`]));
const ofStatus = (counts: Counts, status: ProgressStatus): number => counts[measureOf[status]!] ?? 0;

export const sumOf = (counts: Counts, statuses: readonly ProgressStatus[]): number => {
  let sum = 0;
  for (const status of statuses) sum += ofStatus(counts, status);
  return sum;
};

/** A share of the declared head count, four digits; nothing when nothing is declared: few accounts must not show 100 %. */
export const rateOf = (n: number, headCount: number | undefined): number | undefined =>
  headCount ? Math.round((n / headCount) * 10_000) / 10_000 : undefined;

function figuresOf(counts: Counts, headCount: number | undefined): ProgressFigures {
  const sum = (figure: keyof typeof statusesOf) => sumOf(counts, statusesOf[figure]);
  const registered = sum('registered');
  return {
    registered,
    entered: sum('entered'),
    complete: sum('complete'),
    schoolReviewed: sum('schoolReviewed'),
    submitted: sum('submitted'),
    authorityReviewed: sum('authorityReviewed'),
    returned: sum('returned'),
    effective: sum('effective'),
    conflict: sum('conflict'),
    left: sum('left'),
    unregistered: Math.max(0, (headCount ?? 0) - registered),
  };
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

const statusesOfTurn = Object.fromEntries(
  turns.map((turn) => [turn, progressStatuses.filter((status) => turnOf[status] === turn)]),
) as Record<Turn, ProgressStatus[]>;

function turnsOf(counts: Counts, unregistered: number): OrganisationProgress['turns'] {
  return turns.map((turn) => ({
    turn,
    n: sumOf(counts, statusesOfTurn[turn]) + (turn === 'school' ? unregistered : 0),
  }));
}

const accountMeasures = Object.fromEntries(
  roles.map((role) => [role, [`accounts-issued:${role}`, `accounts-activated:${role}`]]),
) as unknown as Record<Role, [string, string]>;

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
      const [issuedOf, activatedOf] = accountMeasures[role];
      const issued = counts[issuedOf] ?? 0;
      return issued === 0 ? [] : [{ role, issued, activated: counts[activatedOf] ?? 0 }];
    }),
    statuses: progressStatuses.map((status) => ({ status, n: ofStatus(counts, status) })),
    figures,
    turns: turnsOf(counts, figures.unregistered),
    rates: ratesOf(counts, figures, headCount),
  };
}

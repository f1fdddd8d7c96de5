import { apportion } from './apportion';

/** Where a teacher's record stands (domain: states of the first collection), `complete` being filled and not yet submitted. */
export const recordStates = [
  'effective',
  'authority-returned',
  'authority-review',
  'school-approved',
  'school-returned',
  'school-review',
  'complete',
  'draft',
  'not-started',
] as const;
export type RecordState = (typeof recordStates)[number];

/** How far a school has come. `handed-in`: all but a few wait for their authority. `silent`: accounts were handed out and nobody logs in. */
export type Pace = 'handed-in' | 'finished' | 'ahead' | 'middle' | 'late' | 'silent';

/** Shares of the states, in the order of `recordStates`, and of teachers who use their account. */
const paces: Readonly<Record<Pace, { shares: readonly number[]; activated: number }>> = {
  'handed-in': { shares: [2, 1, 92, 1, 1, 1, 1, 1, 0], activated: 0.9 },
  finished: { shares: [82, 2, 8, 2, 1, 2, 1, 1, 1], activated: 0.9 },
  ahead: { shares: [50, 4, 15, 6, 3, 8, 5, 6, 3], activated: 0.85 },
  middle: { shares: [20, 4, 13, 8, 5, 15, 10, 15, 10], activated: 0.6 },
  late: { shares: [0, 0, 0, 0, 2, 5, 5, 28, 60], activated: 0.15 },
  silent: { shares: [0, 0, 0, 0, 0, 0, 0, 0, 1], activated: 0 },
};

/** The states of so many teachers, furthest first. */
export const statesAt = (pace: Pace, teachers: number): RecordState[] =>
  apportion(teachers, paces[pace].shares).flatMap((n, at) => Array.from({ length: n }, () => recordStates[at]!));

export const activatedShare = (pace: Pace): number => paces[pace].activated;

const withoutSchoolStep: Readonly<Partial<Record<RecordState, RecordState>>> = {
  'school-review': 'authority-review',
  'school-approved': 'authority-review',
  'school-returned': 'authority-returned',
};

/** 由教育行政部门直接审核: where nobody at the school may review, its step does not exist. */
export const stateWithoutSchool = (state: RecordState): RecordState => withoutSchoolStep[state] ?? state;

export const wasSubmitted = (state: RecordState): boolean =>
  state !== 'not-started' && state !== 'draft' && state !== 'complete';

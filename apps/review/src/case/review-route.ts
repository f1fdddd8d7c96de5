import type { Role } from '@shidang/access';
import type { CaseStage, ReviewStepName, SubmissionKind } from '@shidang/contracts';

/** One review on the way of a submission. */
export interface ReviewStep {
  readonly name: ReviewStepName;
  /** Who decides, at the school or at its education authority. */
  readonly role: Role;
  readonly awaiting: CaseStage;
}

// 工作方案: 学校负责人对信息进行审核; then the authority that runs the school, county, city or province
const school: ReviewStep = { name: 'school', role: 'principal', awaiting: 'school-review' };
const authority: ReviewStep = { name: 'authority', role: 'informationAdministrator', awaiting: 'authority-review' };

/** Kind of submission → its reviews in order. 工作方案 五(三) first collection, 五(五) additions and changes. */
export const routes: Readonly<Record<SubmissionKind, readonly ReviewStep[]>> = {
  first: [school, authority],
  addition: [school, authority],
  change: [school, authority],
};

/** The steps a submission really takes: the school's falls away when nobody there may review it. */
export const routeOf = (kind: SubmissionKind, schoolSkipped: boolean): readonly ReviewStep[] =>
  routes[kind].filter((step) => !(schoolSkipped && step.name === 'school'));

/** 工作方案 五(五): a returned change is over, and who still wants it applies again; a returned record is mended. */
export const mends: Readonly<Record<SubmissionKind, boolean>> = { first: true, addition: true, change: false };

export type CaseVerb = 'approve' | 'return' | 'skipSchool' | 'sendUpward' | 'withdraw' | 'supersede' | 'conflict';

/** Whose turn a stage is: at which organisation, in which role. `filler`: the role of who submitted. */
export interface Turn {
  readonly at: ReviewStepName;
  readonly role: Role | 'filler';
}

interface Stage {
  readonly turn?: Turn;
  /** The review this stage waits for. */
  readonly awaits?: ReviewStepName;
  /** Waits to be mended by a new submission. */
  readonly returned?: true;
  readonly moves: Readonly<Partial<Record<CaseVerb, CaseStage>>>;
}

/** Where a case can go from where it stands. What is not in the table does not happen. */
export const stages: Readonly<Record<CaseStage, Stage>> = {
  'school-review': {
    turn: { at: 'school', role: 'principal' },
    awaits: 'school',
    moves: {
      approve: 'school-approved',
      return: 'school-returned',
      skipSchool: 'authority-review',
      withdraw: 'withdrawn',
      supersede: 'superseded',
    },
  },
  'school-approved': {
    turn: { at: 'school', role: 'principal' },
    moves: { sendUpward: 'authority-review', supersede: 'superseded' },
  },
  'school-returned': {
    turn: { at: 'school', role: 'filler' },
    returned: true,
    moves: { supersede: 'superseded', conflict: 'conflict' },
  },
  'authority-review': {
    turn: { at: 'authority', role: 'informationAdministrator' },
    awaits: 'authority',
    // withdrawing: only where the school's step was skipped, else a reviewer has opened it
    moves: { approve: 'approved', return: 'authority-returned', withdraw: 'withdrawn', supersede: 'superseded' },
  },
  // back to the school first, which mends it or has the filler mend it
  'authority-returned': {
    turn: { at: 'school', role: 'informationAdministrator' },
    returned: true,
    moves: { supersede: 'superseded', conflict: 'conflict' },
  },
  approved: { moves: { conflict: 'conflict' } },
  conflict: { turn: { at: 'authority', role: 'informationAdministrator' }, moves: { supersede: 'superseded' } },
  withdrawn: { moves: {} },
  superseded: { moves: {} },
};

/** Whose turn a case of this kind is at this stage. */
export const turnOf = (kind: SubmissionKind, stage: CaseStage): Turn | undefined =>
  stages[stage].returned && !mends[kind] ? undefined : stages[stage].turn;

const caseStagesIn = Object.keys(stages) as CaseStage[];
/** Where a filler may still take it back, if nobody has opened it. */
export const withdrawable: readonly CaseStage[] = caseStagesIn.filter((stage) => stages[stage].moves.withdraw);
export const returnedStages: readonly CaseStage[] = caseStagesIn.filter((stage) => stages[stage].returned);

import type { CaseStage } from '@shidang/contracts';
import type { RecordState } from '../world/pace';
import type { Step } from '../world/calendar';

/** One move of a case; the last one says where it stands. */
export interface Move {
  readonly stage: CaseStage;
  readonly by: 'submitter' | 'principal' | 'authority';
  readonly when: Step;
  readonly decision?: { readonly step: 'school' | 'authority'; readonly verdict: 'approve' | 'return' };
}

const opened: Move = { stage: 'school-review', by: 'submitter', when: 'submitted' };
const openedAtAuthority: Move = { ...opened, stage: 'authority-review' };
const schoolDecides = (verdict: 'approve' | 'return', stage: CaseStage): Move => ({
  stage,
  by: 'principal',
  when: 'schoolDecided',
  decision: { step: 'school', verdict },
});
const authorityDecides = (verdict: 'approve' | 'return', stage: CaseStage): Move => ({
  stage,
  by: 'authority',
  when: 'authorityDecided',
  decision: { step: 'authority', verdict },
});
const approvedBySchool = schoolDecides('approve', 'school-approved');
const sentUpward: Move = { stage: 'authority-review', by: 'principal', when: 'sentUpward' };

const paths: Readonly<Partial<Record<RecordState, readonly Move[]>>> = {
  'school-review': [],
  'school-returned': [schoolDecides('return', 'school-returned')],
  'school-approved': [approvedBySchool],
  'authority-review': [approvedBySchool, sentUpward],
  'authority-returned': [approvedBySchool, sentUpward, authorityDecides('return', 'authority-returned')],
  effective: [approvedBySchool, sentUpward, authorityDecides('approve', 'approved')],
};

/** How a record came where it stands: school, upward, authority; without the school's step where nobody there may review. */
export function pathTo(state: RecordState, schoolSkipped: boolean): readonly Move[] {
  const moves = paths[state];
  if (!moves) return [];
  return schoolSkipped ? [openedAtAuthority, ...moves.filter((move) => move.by === 'authority')] : [opened, ...moves];
}

import type { CaseStage, ProgressStatus, RecordStage, Turn } from '@shidang/contracts';

/** What the two sources say: records about the content, review about the first collection's case. */
export interface Sources {
  readonly stage: RecordStage;
  /** Content took effect once: it stays live whatever is added or changed later (工作方案 五(五)). */
  readonly effective: boolean;
  readonly caseStage?: CaseStage | null;
}

/** Where an open case stands is where the teacher stands; closed ones say nothing. */
const ofCase: Readonly<Record<CaseStage, ProgressStatus | undefined>> = {
  'school-review': 'school-review',
  'school-returned': 'school-returned',
  'school-approved': 'school-approved',
  'authority-review': 'authority-review',
  'authority-returned': 'authority-returned',
  // decided, and records has not put it in force yet
  approved: 'authority-review',
  conflict: 'conflict',
  withdrawn: undefined,
  superseded: undefined,
};

/** The one place where both sources become a status. */
export function progressStatus({ stage, effective, caseStage }: Sources): ProgressStatus {
  if (stage === 'left') return 'left';
  if (effective || stage === 'effective') return 'effective';
  return (caseStage ? ofCase[caseStage] : undefined) ?? stage;
}

/** Every missing percent has an owner (工作方案 五(四)). */
export const turnOf: Readonly<Record<ProgressStatus, Turn>> = {
  'not-started': 'teacher',
  draft: 'teacher',
  complete: 'teacher',
  'school-review': 'school',
  'school-approved': 'school',
  'authority-review': 'authority',
  conflict: 'authority',
  'school-returned': 'returned',
  'authority-returned': 'returned',
  effective: 'nobody',
  left: 'nobody',
};

import type {
  CaseMoved,
  CaseStage,
  ProgressStatus,
  RecordChanged,
  RecordEffective,
  RecordStage,
  TeacherRegistered,
} from '@shidang/contracts';
import { codedFacts, noFacts, type CodedFacts } from './coded-facts';
import { progressStatus } from './progress-status';

/** What is known of one teacher from the facts of two services, whichever came first. */
export interface TeacherState extends CodedFacts {
  readonly teacherId: string;
  /** Empty while no fact has said where. */
  readonly orgPath: string;
  readonly category: string;
  readonly stage: RecordStage;
  readonly recordVersion: number;
  readonly caseId: string | null;
  readonly caseStage: CaseStage | null;
  readonly caseVersion: number;
  readonly effectiveVersion: number;
  readonly formalCode: boolean;
  readonly status: ProgressStatus;
  readonly movedAt: string;
  readonly sex: string | null;
  readonly birthMonth: string | null;
}

export const unknownTeacher = (teacherId: string): TeacherState => ({
  teacherId,
  orgPath: '',
  category: '',
  stage: 'not-started',
  recordVersion: 0,
  caseId: null,
  caseStage: null,
  caseVersion: 0,
  effectiveVersion: 0,
  formalCode: false,
  status: 'not-started',
  movedAt: new Date(0).toISOString(),
  sex: null,
  birthMonth: null,
  ...noFacts,
});

const settled = (state: TeacherState, at: string): TeacherState => ({
  ...state,
  status: progressStatus({ ...state, effective: state.effectiveVersion > 0 }),
  movedAt: at > state.movedAt ? at : state.movedAt,
});

type Stamped = Pick<RecordChanged, 'orgPath' | 'at' | 'version' | 'stage'>;

/** What made the teacher, told of one or of a list. */
type Made = Pick<TeacherRegistered, 'orgPath' | 'at' | 'version' | 'category' | 'sex' | 'birthMonth'>;

/** The newest version of the record says where it stands and where it belongs; older ones are dropped. */
export function changed(state: TeacherState, fact: Stamped): TeacherState {
  if (fact.version <= state.recordVersion) return state;
  const { orgPath, stage, version } = fact;
  return settled({ ...state, orgPath, stage, recordVersion: version }, fact.at);
}

/** The facts that made the person are kept even when later versions came first. */
export function registered(state: TeacherState, fact: Made): TeacherState {
  const known = {
    ...state,
    category: fact.category,
    sex: state.sex ?? fact.sex,
    birthMonth: state.birthMonth ?? fact.birthMonth,
  };
  return changed(known, { ...fact, stage: 'not-started' });
}

export function tookEffect(state: TeacherState, fact: RecordEffective): TeacherState {
  const { effectiveVersion, formalCode } = fact;
  const known =
    effectiveVersion > state.effectiveVersion
      ? {
          ...state,
          effectiveVersion,
          formalCode: state.formalCode || formalCode,
          // the facts that made the person may be corrected too (工作方案 五(五))
          sex: oneOf(fact.facts['basic.sex']) ?? state.sex,
          birthMonth: oneOf(fact.facts['basic.birthMonth']) ?? state.birthMonth,
          ...codedFacts(fact.facts),
        }
      : state;
  return settled(changed(known, { ...fact, stage: 'effective' }), fact.at);
}

const oneOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Additions and changes of an effective record do not move the first collection. */
export function caseMovedTo(state: TeacherState, fact: CaseMoved): TeacherState {
  if (fact.kind !== 'first' || !isNewer(fact, state)) return state;
  const { caseId, stage, version } = fact;
  const orgPath = state.recordVersion === 0 ? fact.orgPath : state.orgPath;
  const category = state.category || fact.category;
  return settled({ ...state, orgPath, category, caseId, caseStage: stage, caseVersion: version }, fact.at);
}

/** A superseding case carries on the numbering; should two bear one number, ids are in order of time. */
const isNewer = (fact: CaseMoved, state: TeacherState): boolean =>
  fact.version > state.caseVersion || (fact.version === state.caseVersion && fact.caseId > (state.caseId ?? ''));

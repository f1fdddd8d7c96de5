import { parentPath, type Role } from '@shidang/access';
import type {
  CaseMoved,
  CaseStage,
  CorrectionMoved,
  MonthlyReportMoved,
  NoticeKind,
  ReportStage,
} from '@shidang/contracts';

/** Who is told: everybody in a role at an organisation, the account that submitted, or the teacher himself. */
export type Audience =
  | { readonly at: string; readonly role: Role }
  | { readonly account: string; readonly about: string }
  | { readonly teacher: string };

export interface Telling {
  readonly kind: NoticeKind;
  readonly to: readonly Audience[];
}

type Recipients = 'turn' | 'submitter' | 'teacher' | 'schoolThatMends';

/** Which move is told to whom. Moves that nobody has to act on or waits for are not told. */
const tellings: Readonly<Partial<Record<CaseStage, { kind: NoticeKind; to: readonly Recipients[] }>>> = {
  'school-review': { kind: 'case-awaiting-school', to: ['turn'] },
  'authority-review': { kind: 'case-awaiting-authority', to: ['turn'] },
  'school-returned': { kind: 'case-returned-by-school', to: ['submitter', 'turn', 'schoolThatMends'] },
  'authority-returned': { kind: 'case-returned-by-authority', to: ['submitter', 'turn'] },
  approved: { kind: 'case-approved', to: ['submitter', 'teacher'] },
  conflict: { kind: 'case-conflict', to: ['turn'] },
};

/** 工作方案 五(五): a change that comes back is over; nothing reopens. */
const tellingsOfChange: typeof tellings = {
  ...tellings,
  'school-returned': { kind: 'change-returned', to: ['submitter'] },
  'authority-returned': { kind: 'change-returned', to: ['submitter'] },
};

export function tellingOfCase(moved: CaseMoved): Telling | undefined {
  const telling = (moved.kind === 'change' ? tellingsOfChange : tellings)[moved.stage];
  return telling && { kind: telling.kind, to: telling.to.flatMap((who) => audienceOf(who, moved)) };
}

function audienceOf(who: Recipients, moved: CaseMoved): Audience[] {
  if (who === 'submitter') return [{ account: moved.submittedBy, about: moved.orgPath }];
  if (who === 'schoolThatMends')
    return moved.schoolMends ? [{ at: moved.orgPath, role: 'informationAdministrator' }] : [];
  // a teacher's turn is that teacher's, not every teacher's of the school
  if (who === 'teacher' || moved.turnRole === 'teacher') return [{ teacher: moved.teacherId }];
  return moved.turnOrgPath && moved.turnRole ? [{ at: moved.turnOrgPath, role: moved.turnRole as Role }] : [];
}

const reportKinds: Readonly<Partial<Record<ReportStage, NoticeKind>>> = {
  submitted: 'report-submitted',
  returned: 'report-returned',
  accepted: 'report-accepted',
};

/** 月报表: what is submitted waits for the authority above; what comes back waits for who reported. */
export function tellingOfReport(moved: MonthlyReportMoved): Telling | undefined {
  const kind = reportKinds[moved.stage];
  const at = moved.stage === 'submitted' ? parentPath(moved.orgPath) : moved.orgPath;
  return kind && at ? { kind, to: [{ at, role: 'informationAdministrator' }] } : undefined;
}

const correctionKinds = {
  open: 'correction-asked',
  applied: 'correction-applied',
  declined: 'correction-declined',
} as const;

/** 工作方案 五(五): a teacher's request goes to the school's information administrators, the answer to the teacher. */
export function tellingOfCorrection({ state, orgPath, teacherId }: CorrectionMoved): Telling {
  const school: Audience = { at: orgPath, role: 'informationAdministrator' };
  return { kind: correctionKinds[state], to: [state === 'open' ? school : { teacher: teacherId }] };
}

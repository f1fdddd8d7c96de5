import {
  caseStages,
  noticeKinds,
  reportStages,
  type CaseMoved,
  type CorrectionState,
  type MonthlyReportMoved,
} from '@shidang/contracts';
import { tellingOfCase, tellingOfCorrection, tellingOfReport } from './audience';
import { noticeWords } from './notice-words';

const school = '0.33.3311.331102.2133001234.';
const county = '0.33.3311.331102.';

const moved = (given: Partial<CaseMoved>): CaseMoved => ({
  orgPath: school,
  at: '2026-11-23T01:00:00.000Z',
  caseId: 'case',
  submissionId: 'submission',
  teacherId: 'teacher',
  schoolCode: '2133001234',
  category: 'primarySecondary',
  kind: 'first',
  stage: 'school-review',
  submittedBy: 'submitter',
  schoolSkipped: false,
  version: 1,
  ...given,
});
const report = (stage: MonthlyReportMoved['stage']): MonthlyReportMoved => ({
  orgPath: county,
  at: '2026-11-23T01:00:00.000Z',
  reportId: 'report',
  orgCode: '331102',
  month: '2026-11',
  stage,
  version: 1,
});

describe('who is told', () => {
  it('of a submission: whose turn it is', () => {
    expect(tellingOfCase(moved({ turnOrgPath: school, turnRole: 'principal' }))).toEqual({
      kind: 'case-awaiting-school',
      to: [{ at: school, role: 'principal' }],
    });
    const upward = moved({ stage: 'authority-review', turnOrgPath: county, turnRole: 'informationAdministrator' });
    expect(tellingOfCase(upward)?.to).toEqual([{ at: county, role: 'informationAdministrator' }]);
  });

  it('of a return: who submitted, and whose turn it is', () => {
    const byAuthority = moved({
      stage: 'authority-returned',
      turnOrgPath: school,
      turnRole: 'informationAdministrator',
    });
    expect(tellingOfCase(byAuthority)?.to).toEqual([
      { account: 'submitter', about: school },
      { at: school, role: 'informationAdministrator' },
    ]);
  });

  it('of a return to a teacher: that teacher, not his colleagues', () => {
    const toTeacher = moved({ stage: 'school-returned', turnOrgPath: school, turnRole: 'teacher' });
    expect(tellingOfCase(toTeacher)?.to).toEqual([{ account: 'submitter', about: school }, { teacher: 'teacher' }]);
  });

  it('of a return that marks what only the school fills: the school, too', () => {
    const ofSchools = {
      stage: 'school-returned',
      turnOrgPath: school,
      turnRole: 'teacher',
      schoolMends: true,
    } as const;
    expect(tellingOfCase(moved(ofSchools))?.to).toContainEqual({ at: school, role: 'informationAdministrator' });
  });

  it('of a change that is not approved: who applied', () => {
    const returned = moved({ kind: 'change', stage: 'authority-returned' });
    expect(tellingOfCase(returned)).toEqual({ kind: 'change-returned', to: [{ account: 'submitter', about: school }] });
  });

  it('of the approval: who submitted, and the teacher', () => {
    expect(tellingOfCase(moved({ stage: 'approved' }))?.to).toEqual([
      { account: 'submitter', about: school },
      { teacher: 'teacher' },
    ]);
  });

  it('of what asks nothing of anybody: nobody', () => {
    const silent = caseStages.filter((stage) => !tellingOfCase(moved({ stage })));
    expect(silent).toEqual(['school-approved', 'withdrawn', 'superseded']);
    expect(reportStages.filter((stage) => !tellingOfReport(report(stage)))).toEqual(['open', 'rolled-up']);
  });

  it('of a request to correct: the school’s information administrators; of its answer: the teacher', () => {
    const at = '2026-11-23T01:00:00.000Z';
    const asked = { orgPath: school, at, correctionId: 'c', teacherId: 'teacher', schoolCode: '2133001234' };
    const telling = (state: CorrectionState) => tellingOfCorrection({ ...asked, state });
    expect(telling('open').to).toEqual([{ at: school, role: 'informationAdministrator' }]);
    expect([telling('applied'), telling('declined')]).toEqual([
      { kind: 'correction-applied', to: [{ teacher: 'teacher' }] },
      { kind: 'correction-declined', to: [{ teacher: 'teacher' }] },
    ]);
  });

  it('of a monthly report: the authority above when it comes, who reported when it goes back', () => {
    expect(tellingOfReport(report('submitted'))?.to).toEqual([{ at: '0.33.3311.', role: 'informationAdministrator' }]);
    expect(tellingOfReport(report('returned'))?.to).toEqual([{ at: county, role: 'informationAdministrator' }]);
  });

  it('has words in both languages for every kind', () => {
    for (const kind of noticeKinds) {
      const { zh, en } = noticeWords[kind](3, '2026-11');
      expect(zh).toMatch(/[\u4e00-\u9fff].*(3|2026-11)|(3|2026-11).*[\u4e00-\u9fff]/);
      expect(en).toMatch(/3|2026-11/);
    }
  });
});

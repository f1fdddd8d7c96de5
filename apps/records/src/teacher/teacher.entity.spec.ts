import type { Mark } from '@shidang/contracts';
import { Teacher } from './teacher.entity';

const aTeacher = (given: Partial<Teacher> = {}): Teacher =>
  Object.assign(new Teacher(), {
    id: 't',
    stage: 'complete',
    caseVersion: 0,
    effectiveVersion: 0,
    version: 1,
    codeAliases: [],
    ...given,
  });
const mark: Mark = { section: 'education', indicator: 'major', reason: 'wrong' };
const moved = (given: object) => ({
  caseId: 'c',
  submissionId: 's',
  stage: 'school-review' as const,
  version: 1,
  at: '2016-11-01T08:00:00Z',
  ...given,
});

describe('a record in review', () => {
  test('is locked by one submission at a time', () => {
    const teacher = aTeacher();
    teacher.lockFor('s');
    expect(() => teacher.lockFor('s2')).toThrow('records.in_review');
    expect(teacher.version).toBe(2);
  });

  test('of somebody who has left is not submitted', () => {
    expect(() => aTeacher({ stage: 'left' }).lockFor('s')).toThrow('records.teacher_has_left');
  });

  test('reopens where it was marked, and wholly when nothing in particular was', () => {
    const teacher = aTeacher();
    teacher.lockFor('s');
    teacher.reopen('s', [mark]);
    expect(teacher).toMatchObject({ lockedBy: null, openMarks: [mark] });
    teacher.lockFor('s2');
    teacher.reopen('s2', []);
    expect(teacher.openMarks).toBeNull();
  });

  test('withdrawn after a return falls back on the marks of that return', () => {
    const teacher = aTeacher();
    teacher.lockFor('s');
    teacher.reopen('s', [mark]);
    teacher.lockFor('s2');
    teacher.unlock('s2');
    expect(teacher).toMatchObject({ lockedBy: null, openMarks: [mark] });
  });

  test('is not reopened by the decision on an older submission', () => {
    const teacher = aTeacher();
    teacher.lockFor('s2');
    teacher.reopen('s1', [mark]);
    teacher.unlock('s1');
    expect(teacher.lockedBy).toBe('s2');
  });

  test('follows its own case only, and never backwards', () => {
    const teacher = aTeacher();
    teacher.lockFor('s');
    teacher.follow(moved({ version: 2, stage: 'school-approved', at: '2016-11-02T08:00:00Z' }));
    teacher.follow(moved({ version: 1 }));
    teacher.follow(moved({ version: 9, submissionId: 'old', stage: 'superseded' }));
    expect(teacher).toMatchObject({
      caseStage: 'school-approved',
      caseVersion: 2,
      caseSince: new Date('2016-11-02T08:00:00Z'),
    });
  });

  test('takes effect: unlocked, without marks, one version further; the next submission is an addition', () => {
    const teacher = aTeacher({ openMarks: [mark] });
    expect(teacher.nextKind).toBe('first');
    teacher.lockFor('s');
    expect(teacher.takeEffect()).toBe(1);
    expect(teacher).toMatchObject({ stage: 'effective', lockedBy: null, openMarks: null, nextKind: 'addition' });
  });

  test('keeps old codes as aliases', () => {
    const teacher = aTeacher({ codeSealed: 'sealed-L', codeForm: 'L' });
    teacher.takeCode({ sealed: 'sealed-G', masked: 'G…', form: 'G' });
    expect(teacher).toMatchObject({ codeAliases: ['sealed-L'], codeForm: 'G' });
  });
});

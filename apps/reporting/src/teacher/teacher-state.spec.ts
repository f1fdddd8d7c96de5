import type { CaseMoved, CaseStage, RecordChanged, RecordEffective, TeacherRegistered } from '@shidang/contracts';
import * as fc from 'fast-check';
import { caseMovedTo, changed, registered, tookEffect, unknownTeacher, type TeacherState } from './teacher-state';

const teacherId = '01900000-0000-7000-8000-000000000001';
const orgPath = '0.33.3311.331102.2133001234.';
const place = { orgPath, teacherId };
const at = (minute: number) => new Date(Date.UTC(2016, 10, 23, 9, minute)).toISOString();

const birth: TeacherRegistered = {
  ...place,
  at: at(1),
  personId: teacherId,
  schoolCode: '2133001234',
  category: 'primarySecondary',
  sex: '2',
  birthMonth: '1985-12',
  version: 1,
};
const drafted: RecordChanged = { ...place, at: at(2), stage: 'draft', version: 2 };
const completed: RecordChanged = { ...place, at: at(3), stage: 'complete', version: 3 };
const moved = (stage: CaseStage, version: number, over: Partial<CaseMoved> = {}): CaseMoved => ({
  ...place,
  at: at(3 + version),
  caseId: '01900000-0000-7000-8000-00000000000a',
  submissionId: teacherId,
  schoolCode: '2133001234',
  category: 'primarySecondary',
  kind: 'first',
  stage,
  submittedBy: teacherId,
  schoolSkipped: false,
  version,
  ...over,
});
const effective: RecordEffective = {
  ...place,
  at: at(9),
  submissionId: teacherId,
  kind: 'first',
  effectiveVersion: 1,
  version: 5,
  formalCode: true,
  facts: { 'basic.highestEducation': '21', 'teaching.stage': ['2', '1'], 'basic.marital': '2', 'pay.salary': '9' },
};

type Step = (state: TeacherState) => TeacherState;
const told: readonly Step[] = [
  (s) => registered(s, birth),
  (s) => changed(s, drafted),
  (s) => changed(s, completed),
  (s) => caseMovedTo(s, moved('school-review', 1)),
  (s) => caseMovedTo(s, moved('school-returned', 2)),
  (s) => caseMovedTo(s, moved('superseded', 3)),
  (s) => caseMovedTo(s, moved('school-review', 4, { caseId: '01900000-0000-7000-8000-00000000000b' })),
  (s) => caseMovedTo(s, moved('approved', 5, { caseId: '01900000-0000-7000-8000-00000000000b' })),
  (s) => tookEffect(s, effective),
];
const run = (steps: readonly Step[]) => steps.reduce((state, step) => step(state), unknownTeacher(teacherId));

describe('state of a teacher from the facts of two services', () => {
  test('the facts may come in any order and more than once', () => {
    const inOrder = run(told);
    expect(inOrder).toMatchObject({
      status: 'effective',
      caseStage: 'approved',
      category: 'primarySecondary',
      sex: '2',
    });
    fc.assert(
      fc.property(fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 }), (steps) => {
        expect(run(steps)).toEqual(inOrder);
      }),
    );
  });

  test('a mended record stays returned until it is submitted again', () => {
    const returned = run([told[0]!, told[1]!, told[3]!, told[4]!]);
    expect(changed(returned, { ...completed, version: 9 }).status).toBe('school-returned');
    expect(run(told.slice(0, 7)).status).toBe('school-review');
  });

  test('a change of an effective record does not move the collection', () => {
    const change = caseMovedTo(run(told), moved('school-review', 9, { kind: 'change' }));
    expect(change.status).toBe('effective');
  });

  test('effective facts fill typed columns, the rest is kept by key, strangers are left out', () => {
    expect(run(told)).toMatchObject({ highestEducation: '21', teachingStages: ['1', '2'], proTitle: null });
    expect(run(told).facts).toEqual({ 'basic.marital': '2' });
  });

  test('an older effective version does not overwrite a newer one', () => {
    const newer = { ...effective, effectiveVersion: 2, version: 8, facts: { 'basic.highestEducation': '11' } };
    expect(tookEffect(tookEffect(unknownTeacher(teacherId), newer), effective).highestEducation).toBe('11');
  });
});

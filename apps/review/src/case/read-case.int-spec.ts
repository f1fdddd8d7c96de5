import {
  findPosts,
  labelTeachers,
  readCase,
  readMarks,
  readSubmission,
  withdrawCase,
  withdrawTeacherCase,
  type MarkedValue,
  type SubmissionView,
  type TeacherLabel,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { aCaller, aSchool, aSubmission, county, ReviewSuite, someMarks } from '../review.testing';

const aView = (id: string) =>
  ({ id, category: 'primarySecondary', entries: [], changes: [] }) as unknown as SubmissionView;

describe('reading and withdrawing a case', () => {
  let suite: ReviewSuite;
  const officer = aCaller('informationAdministrator', county);

  beforeAll(async () => {
    suite = await ReviewSuite.start();
    await suite.service.answers(findPosts, () => ({ posts: [] }));
    // what records would answer; review passes it on and keeps none of it
    await suite.service.answers(labelTeachers, ({ teacherIds }) => ({
      labels: teacherIds.map((teacherId) => ({ teacherId, name: '周小兰' }) as TeacherLabel),
    }));
    await suite.service.answers(readSubmission, ({ submissionId }) => aView(submissionId));
  }, 60_000);
  afterAll(() => suite.stop());

  const openCase = async (role: 'teacher' | 'informationAdministrator' = 'informationAdministrator') => {
    const staffed = await suite.aStaffedSchool();
    const teacherId = newId();
    const filler = role === 'teacher' ? aCaller('teacher', staffed.school.path, { teacherId }) : staffed.administrator;
    const made = aSubmission(staffed.school, filler, { teacherId });
    return { ...staffed, filler, made, found: await suite.submit(made, staffed.principal) };
  };

  it('shows what was submitted and marks it as opened for whoever’s turn it is', async () => {
    const { found, principal, filler } = await openCase();
    const read = (by: typeof principal) => suite.service.ask(readCase, { caseId: found.id }, by);
    expect(await read(filler)).toMatchObject({ opened: false, decisions: [], submission: { id: found.submissionId } });
    expect((await read(officer)).opened).toBe(false);
    expect((await suite.caseOf(found.teacherId, officer)).teacherName).toBe('周小兰');
    const opened = await read(principal);
    expect(opened).toMatchObject({ opened: true, decidable: true, etag: found.etag });
    await expect(suite.service.ask(withdrawCase, { caseId: found.id }, filler)).rejects.toThrow(
      'review.already_opened',
    );
    expect((await suite.decide(found, principal)).stage).toBe('school-approved');
  });

  it('opens nothing when it is fetched ahead, and leaves no trace', async () => {
    const { found, principal, filler } = await openCase();
    const ahead = await suite.service.ask(readCase, { caseId: found.id, ahead: true }, principal);
    expect(ahead).toMatchObject({ opened: false, decidable: true, etag: found.etag });
    expect(ahead.claimedBy).toBeUndefined();
    expect(await suite.service.rows(`select opened_at, claimed_by from review_case where id = $1`, [found.id])).toEqual(
      [{ opened_at: null, claimed_by: null }],
    );
    const trail = () =>
      suite.service.rows(`select reason from audit_event where object = $1 and account_id = $2`, [
        `case:${found.id}`,
        principal.accountId,
      ]);
    expect(await trail()).toEqual([]);
    const shown = await suite.service.ask(readCase, { caseId: found.id }, principal);
    expect(shown).toMatchObject({ opened: true, claimedBy: { mine: true }, etag: ahead.etag });
    expect(await trail()).toEqual([{ reason: 'opened' }]);
    await expect(suite.service.ask(withdrawCase, { caseId: found.id }, filler)).rejects.toThrow(
      'review.already_opened',
    );
  });

  it('is withdrawn by the filler until then, and only by him', async () => {
    const { found, principal, filler, school } = await openCase('teacher');
    const colleague = aCaller('teacher', school.path, { teacherId: newId() });
    await expect(suite.service.ask(withdrawCase, { caseId: found.id }, colleague)).rejects.toThrow(
      'review.case_not_found',
    );
    const administrator = aCaller('informationAdministrator', school.path);
    await expect(suite.service.ask(withdrawCase, { caseId: found.id }, administrator)).rejects.toThrow(
      'review.not_your_submission',
    );
    const withdrawn = await suite.service.ask(withdrawTeacherCase, { teacherId: found.teacherId }, filler);
    expect(withdrawn).toMatchObject({ id: found.id, stage: 'withdrawn' });
    expect((await suite.told(found.teacherId)).at(-1)).toMatchObject(['case-moved', 'withdrawn', { version: 2 }]);
    await expect(suite.decide(found, principal)).rejects.toThrow('review.content_changed');
    await expect(suite.service.ask(withdrawCase, { caseId: found.id }, filler)).rejects.toThrow(
      'review.not_withdrawable',
    );
  });

  it('is withdrawn or decided, never both, when both come at once', async () => {
    const { found, principal, filler } = await openCase();
    const results = await Promise.allSettled([
      suite.service.ask(withdrawCase, { caseId: found.id }, filler),
      suite.decide(found, principal),
    ]);
    expect(results.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect((await suite.told(found.teacherId)).map(([, , { version }]) => version)).toEqual([1, 2]);
  });

  it('gives the filler the reviewer’s words beside the marks, and nobody else', async () => {
    const { found, principal, filler, school } = await openCase('teacher');
    const marks = (by: typeof principal, teacherId = found.teacherId) =>
      suite.service.ask(readMarks, { teacherId }, by);
    expect(await marks(filler)).toMatchObject({ caseId: found.id, stage: 'school-review', marks: [] });
    const returned = await suite.decide(found, principal, { verdict: 'return', marks: someMarks });
    expect((await suite.told(found.teacherId)).at(-1)?.[2]).not.toHaveProperty('schoolMends');
    expect(returned).toMatchObject({ stage: 'school-returned', turnRole: 'teacher' });
    expect(await marks(filler)).toMatchObject({ stage: 'school-returned', returnedBy: 'school', marks: someMarks });
    expect((await suite.service.ask(readCase, { caseId: found.id }, filler)).decisions).toMatchObject([
      { step: 'school', verdict: 'return', role: 'principal', organisation: school.code, marks: someMarks },
    ]);
    const mended = aSubmission(school, filler, { teacherId: found.teacherId, supersedes: found.submissionId });
    const again = await suite.submit(mended, principal);
    const view = await suite.service.ask(readCase, { caseId: again.id, ahead: true }, principal);
    expect([view.decisions, view.earlier.map((each) => each.marks)]).toEqual([[], [someMarks]]);
    expect((await marks(filler)).marks).toEqual([]);
    await suite.service.ask(withdrawTeacherCase, { teacherId: found.teacherId }, filler);
    expect(await marks(filler)).toMatchObject({ caseId: found.id, returnedBy: 'school', marks: someMarks });
    const colleague = aCaller('teacher', school.path, { teacherId: newId() });
    for (const by of [colleague, aCaller('principal', aSchool().path)]) {
      await expect(marks(by)).rejects.toThrow('review.case_not_found');
      await expect(marks(by, newId())).rejects.toThrow('review.case_not_found');
    }
  });

  it('keeps the words sealed and out of what is told', async () => {
    const { found, principal } = await openCase();
    const ofSchools: MarkedValue = { section: 'basic', indicator: 'name', reason: 'wrong', words: '与户口簿不符' };
    await suite.decide(found, principal, { verdict: 'return', marks: [...someMarks, ofSchools] });
    const [row] = await suite.service.rows<{ words: string }>(`select words from case_decision where case_id = $1`, [
      found.id,
    ]);
    const everything = JSON.stringify([row, await suite.told(found.teacherId)]);
    for (const { words } of [...someMarks, ofSchools]) expect(everything).not.toContain(words);
    expect((await suite.told(found.teacherId)).at(-1)).toMatchObject([
      'case-moved',
      'school-returned',
      { schoolMends: true },
    ]);
    expect(row?.words.startsWith('1|')).toBe(true);
  });
});

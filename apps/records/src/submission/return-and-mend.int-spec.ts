import { codesOf } from '@shidang/catalogue';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { addEntry, patchEntry, readCompleteness, readSubmission, submitRecord, type Refusal } from '@shidang/contracts';
import { aCaller, county, RecordsSuite, type School } from '../records.testing';

const refused = (promise: Promise<unknown>): Promise<Refusal['body']> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (refusal: Refusal) => refusal.body,
  );

/** Submission, return with marks, mending, withdrawal, conflict (工作方案 五(三)). */
describe('submitting and mending', () => {
  let suite: RecordsSuite;
  let school: School;
  const authority = aCaller('informationAdministrator', county);

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
  });
  afterAll(() => suite.stop());

  test('an incomplete record is refused with everything that is missing', async () => {
    const { teacher } = await suite.register(school);
    const body = await refused(suite.submit(school.information, teacher.id));
    expect(body).toMatchObject({ code: 'records.not_complete', kind: 'invalid' });
    expect(body.errors!.length).toBeGreaterThan(5);
    expect(body.errors?.[0]).toMatchObject({
      pointer: expect.stringContaining('/sections/'),
      detail: expect.any(String),
    });
    const undeclared = { teacherId: teacher.id, declared: false };
    expect(await refused(suite.service.ask(submitRecord, undeclared, school.information))).toMatchObject({
      kind: 'malformed',
    });
  });

  test('a serious hit wants a reason, which travels to the reviewer; a batch approval learns its code', async () => {
    const { id } = await suite.completeTeacher(school);
    const employmentForm = [...codesOf('employmentForm').values()].find((each) => each.selectable !== false)!.code;
    const short = {
      onEstablishment: '0',
      employmentForm,
      contractStartDate: '2026-09-01',
      contractEndDate: '2027-01-31',
    };
    await suite.fillSingle(school.information, id, 'basic', short);
    const body = await refused(suite.submit(school.information, id));
    expect(body).toMatchObject({ code: 'records.hits_not_accepted', errors: [{ code: 'records.out_of_scope' }] });
    const acceptedHits = [{ section: 'basic', code: 'out_of_scope', reason: '续签手续办理中' }];
    const command = { teacherId: id, declared: true, acceptedHits };
    const made = await suite.service.ask(submitRecord, command, school.information);
    const [told] = await suite.service.rows<{ payload: { ruleHits: string[] } }>(
      `select payload from outbox where subject = 'evt.records.submission-made' and aggregate_id = $1`,
      [id],
    );
    expect(told?.payload.ruleHits).toEqual(['out_of_scope']);
    const view = await suite.service.ask(readSubmission, { submissionId: made.submissionId }, authority);
    expect(view.ruleHits).toContainEqual(expect.objectContaining({ code: 'out_of_scope', reason: '续签手续办理中' }));
  });

  test('in review nobody writes and nobody submits again; contributors are everybody whose values are in it', async () => {
    const { id } = await suite.completeTeacher(school);
    const self = aCaller('teacher', school.path, { teacherId: id });
    await suite.fillSingle(self, id, 'basic', { formerName: '周兰兰' });
    const made = await suite.submit(self, id);
    expect(await refused(suite.fillSingle(self, id, 'contact', { mobile: '13900000001' }))).toMatchObject({
      code: 'records.in_review',
    });
    expect(await refused(suite.submit(school.information, id))).toMatchObject({ code: 'records.in_review' });
    const [row] = await suite.service.rows<{ payload: { contributors: string[] } }>(
      `select payload from outbox where subject = 'evt.records.submission-made' and aggregate_id = $1`,
      [id],
    );
    const [teacher] = await suite.service.rows<{ person_id: string }>('select person_id from teacher where id = $1', [
      id,
    ]);
    expect([...row!.payload.contributors].sort()).toEqual(
      [school.system.personId, school.information.personId, self.personId, teacher!.person_id].sort(),
    );
    const view = await suite.service.ask(readSubmission, { submissionId: made.submissionId }, school.principal);
    expect(view).toMatchObject({ kind: 'first', hashHolds: true, contentHash: made.contentHash, state: 'open' });
    expect(JSON.stringify(view)).not.toContain('$sealed');
    expect(view.entries.find((each) => each.section === 'basic')?.changedKeys).toContain('formerName');
  });

  test('only the marked value reopens; the mended record shows what changed since and supersedes', async () => {
    const { id } = await suite.completeTeacher(school);
    const first = await suite.submit(school.information, id);
    const [study] = (await suite.section(school.information, id, 'education')).entries;
    const mark = { section: 'education', entryId: study!.id, indicator: 'major', reason: 'wrong' };
    await suite.move(school, first, 'authority-returned', { from: 'authority-review' });
    await suite.decide(school, first, { verdict: 'return', marks: [mark] });
    await suite.becomes(
      school.information,
      id,
      (each) => !each.inReview && each.status === 'authority-returned',
      'it reopens',
    );

    const view = await suite.section(school.information, id, 'education');
    expect(view).toMatchObject({ fillableKeys: ['major'], newRowKeys: [], returned: true, marks: [mark] });
    expect(view.entries.map((each) => each.fillableKeys)).toEqual([['major']]);
    const patch = (values: Record<string, unknown>) =>
      suite.service.ask(
        patchEntry,
        { teacherId: id, section: 'education', entryId: study!.id, values },
        school.information,
        { ifMatch: study!.etag },
      );
    expect(await refused(patch({ educationSchool: '浙江大学' }))).toMatchObject({ code: 'records.only_marked_fields' });
    expect(
      await refused(suite.service.ask(addEntry, { teacherId: id, section: 'work', values: {} }, school.information)),
    ).toMatchObject({ code: 'records.only_marked_fields' });
    const marks = async () => (await suite.service.ask(readCompleteness, { teacherId: id }, school.information)).marks;
    expect(await marks()).toEqual([{ ...mark, mended: false, yours: true }]);
    await patch({ major: '数学与应用数学' });
    expect(await marks()).toEqual([{ ...mark, mended: true, yours: true }]);

    const second = await suite.submit(school.information, id);
    expect(second.contentHash).not.toBe(first.contentHash);
    const submission = await suite.service.ask(readSubmission, { submissionId: second.submissionId }, authority);
    expect(submission.supersedes).toBe(first.submissionId);
    const changed = submission.entries.filter((each) => each.changedSinceLast.length > 0);
    expect(changed.map((each) => [each.section, each.changedSinceLast])).toEqual([['education', ['major']]]);
    await suite.decide(school, second);
    await suite.becomes(school.information, id, (each) => each.status === 'effective', 'it takes effect');
    const [state] = await suite.service.rows('select open_marks from teacher where id = $1', [id]);
    expect(state).toEqual({ open_marks: null });
  });

  test('a returned name is the school’s to mend: the teacher is told so, and may submit all the same', async () => {
    const { id } = await suite.completeTeacher(school);
    const self = aCaller('teacher', school.path, { teacherId: id });
    const first = await suite.submit(self, id);
    const [basic] = (await suite.section(self, id, 'basic')).entries;
    const mark = { section: 'basic', entryId: basic!.id, indicator: 'name', reason: 'wrong' };
    await suite.move(school, first, 'school-returned', { from: 'school-review' });
    await suite.decide(school, first, { verdict: 'return', step: 'school', marks: [mark] });
    await suite.becomes(school.information, id, (each) => !each.inReview, 'it reopens');
    const marks = async (by: typeof self) =>
      (await suite.service.ask(readCompleteness, { teacherId: id }, by)).marks.map(({ mended, yours }) => [
        mended,
        yours,
      ]);
    expect([await marks(self), await marks(school.information)]).toEqual([[[false, false]], [[false, true]]]);
    await suite.fillSingle(school.information, id, 'basic', { name: '周晓兰' });
    expect(await marks(self)).toEqual([[true, false]]);
    expect((await suite.submit(self, id)).contentHash).not.toBe(first.contentHash);
  });

  test('a withdrawal unlocks; a decision that comes late is refused to review', async () => {
    const { id } = await suite.completeTeacher(school);
    const made = await suite.submit(school.information, id);
    await suite.move(school, made, 'withdrawn', { from: 'school-review' });
    await suite.becomes(school.information, id, (each) => !each.inReview, 'it is unlocked');
    await suite.decide(school, made);
    await eventually(async () => {
      const rows = await suite.service.rows<{ payload: { reason: string } }>(
        `select payload from outbox where subject = 'evt.records.decision-refused' and aggregate_id = $1`,
        [id],
      );
      expect(rows.map((row) => row.payload.reason)).toEqual(['submission_withdrawn']);
    }, 'review is told that its decision did not fit');
    expect((await suite.teacher(school.information, id)).effectiveVersion).toBe(0);
  });

  test('a decision on another hash becomes a conflict, nothing takes effect', async () => {
    const { id } = await suite.completeTeacher(school);
    const made = await suite.submit(school.information, id);
    await suite.decide(school, made, { contentHash: '0'.repeat(64) });
    await eventually(async () => {
      const rows = await suite.service.rows(
        `select 1 from outbox where subject = 'evt.records.decision-refused' and aggregate_id = $1`,
        [id],
      );
      expect(rows).toHaveLength(1);
    }, 'the decision is refused');
    expect((await suite.teacher(school.information, id)).effectiveVersion).toBe(0);
  });

  test('the same decision delivered twice takes effect once', async () => {
    const { id } = await suite.completeTeacher(school);
    const made = await suite.submit(school.information, id);
    const caseId = newId();
    const messages = [await suite.decide(school, made, { caseId }), await suite.decide(school, made, { caseId })];
    await suite.becomes(school.information, id, (each) => each.status === 'effective', 'it takes effect');
    await eventually(async () => {
      const rows = await suite.service.rows(
        `select 1 from inbox where durable = 'records-apply-decision' and message_id = any($1::uuid[])`,
        [messages],
      );
      expect(rows).toHaveLength(2);
    }, 'both messages are consumed');
    const versions = await suite.service.rows('select version from effective_version where teacher_id = $1', [id]);
    expect(versions).toHaveLength(1);
  });

  test('out of scope a submission is not found', async () => {
    const { id } = await suite.completeTeacher(school);
    const made = await suite.submit(school.information, id);
    const cousin = aCaller('informationAdministrator', '0.33.3311.331121.');
    const foreign = await refused(suite.service.ask(readSubmission, { submissionId: made.submissionId }, cousin));
    expect(foreign).toEqual(await refused(suite.service.ask(readSubmission, { submissionId: newId() }, cousin)));
  });
});

import {
  addEntry,
  listChangeRequests,
  listViewers,
  readChangeRequest,
  readHistory,
  readSubmission,
  requestChange,
  unmaskValue,
  type ChangeRequestView,
  type RecordSubmitted,
  type Refusal,
} from '@shidang/contracts';
import { eventually } from '@shidang/testing';
import { aCaller, county, RecordsSuite, type School } from '../records.testing';

const refused = (promise: Promise<unknown>): Promise<Refusal['body']> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (refusal: Refusal) => refusal.body,
  );

/** 工作方案 五(五): adding to and changing what is effective. */
describe('an effective record', () => {
  let suite: RecordsSuite;
  let school: School;
  let id: string;
  const viewer = aCaller('informationViewer', county);

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    id = (await suite.effectiveTeacher(school)).id;
  });
  afterAll(() => suite.stop());

  const asMade = async (request: ChangeRequestView): Promise<RecordSubmitted> => {
    const submission = await suite.service.ask(
      readSubmission,
      { submissionId: request.submissionId },
      school.principal,
    );
    return {
      submissionId: submission.id,
      teacherId: id,
      kind: 'change',
      contentHash: submission.contentHash,
      submittedAt: submission.submittedAt,
    };
  };
  const rowOf = async (section: string) => (await suite.section(school.information, id, section)).entries[0]!;
  const request = (entryId: string, indicator: string, value: unknown, evidence?: string[]) =>
    suite.service.ask(
      requestChange,
      { teacherId: id, entryId, indicator, value, reason: '证书登记有误', evidence },
      school.information,
    );

  test('a value is not patched but asked for', async () => {
    expect(await refused(suite.fillSingle(school.information, id, 'contact', { mobile: '13900000009' }))).toMatchObject(
      {
        code: 'records.change_path_only',
      },
    );
    expect(await refused(suite.submit(school.information, id))).toMatchObject({ code: 'records.nothing_to_submit' });
  });

  test('a teacher adds one row: only that row is reviewed, the effective version stays live meanwhile', async () => {
    const self = aCaller('teacher', school.path, { teacherId: id });
    const values = { year: '2024', type: '2', project: '县域骨干教师研修', mode: '1', hours: 40 };
    const [type, mode] = await Promise.all(['type', 'mode'].map(async (key) => (await rowOf('training')).values[key]));
    const { entry } = await suite.service.ask(
      addEntry,
      { teacherId: id, section: 'training', values: { ...values, type, mode } },
      self,
    );
    const made = await suite.submit(self, id);
    expect(made.kind).toBe('addition');
    const view = await suite.service.ask(readSubmission, { submissionId: made.submissionId }, school.principal);
    expect(view.entries.map((each) => each.entryId)).toEqual([entry.id]);
    expect((await suite.teacher(viewer, id)).status).toBe('effective');
    await suite.decide(school, made);
    await suite.becomes(viewer, id, (each) => each.effectiveVersion === 2, 'the row takes effect');
  });

  test('one value changes by request, and the past stays readable', async () => {
    const before = new Date().toISOString();
    const row = await rowOf('education');
    const open = await request(row.id, 'major', '汉语言文学');
    expect(open).toMatchObject({ state: 'open', oldValue: row.values['major'], newValue: '汉语言文学' });
    expect((await rowOf('education')).values['major']).toBe(row.values['major']);
    expect(await refused(request(row.id, 'major', '数学'))).toMatchObject({ code: 'records.change_already_open' });

    const made = await asMade(open);
    await suite.move(school, made, 'school-approved', { from: 'school-review' });
    await suite.decide(school, made);
    await suite.becomes(viewer, id, (each) => each.effectiveVersion === 3, 'the change takes effect');
    expect((await rowOf('education')).values['major']).toBe('汉语言文学');
    const closed = await suite.service.ask(readChangeRequest, { changeRequestId: open.id }, school.information);
    expect(closed).toMatchObject({ state: 'approved', caseStage: 'school-approved' });
    const then = await suite.section(viewer, id, 'education', before);
    expect(then.entries.find((each) => each.id === row.id)?.values['major']).toBe(row.values['major']);
    const now = await suite.section(viewer, id, 'education', new Date().toISOString());
    expect(now.entries.find((each) => each.id === row.id)?.values['major']).toBe('汉语言文学');

    const query = { teacherId: id, entryId: row.id, indicator: 'major' };
    const history = await suite.service.ask(readHistory, query, school.information);
    expect(history.items.map((each) => each.via.kind)).toEqual(['change', 'screen']);
    expect(history.items[0]?.reviews.map((each) => each.step).sort()).toEqual(['authority', 'school']);
  });

  test('a returned request leaves everything as it is and may be asked again', async () => {
    const row = await rowOf('education');
    const open = await request(row.id, 'educationSchool', '浙江师范大学');
    await suite.decide(school, await asMade(open), { verdict: 'return', step: 'school' });
    await eventually(async () => {
      const list = await suite.service.ask(
        listChangeRequests,
        { teacherId: id, state: 'returned' },
        school.information,
      );
      expect(list.items.map((each) => each.id)).toEqual([open.id]);
    }, 'the request is returned');
    expect((await rowOf('education')).values['educationSchool']).toBe(row.values['educationSchool']);
    await request(row.id, 'educationSchool', '浙江师范大学');
  });

  test('a viewer does not learn of a change in a section he does not see', async () => {
    const row = await rowOf('contact');
    const open = await request(row.id, 'mobile', '13900000002');
    expect(open.newValue).toBe('139****0002');
    const list = await suite.service.ask(listChangeRequests, { teacherId: id }, viewer);
    expect(list.items.map((each) => each.section)).not.toContain('contact');
    expect(list.items.map((each) => each.section)).toContain('education');
    const ask = (changeRequestId: string) => suite.service.ask(readChangeRequest, { changeRequestId }, viewer);
    expect(await refused(ask(open.id))).toEqual(await refused(ask('01a20000-0000-7000-8000-000000000001')));
  });

  test('an identity fact needs evidence and agrees with the number', async () => {
    const basic = await rowOf('basic');
    expect(await refused(request(basic.id, 'name', '周若兰'))).toMatchObject({ code: 'records.evidence_required' });
    const wrong = await refused(request(basic.id, 'birthDate', '1970-01-01', ['户口簿']));
    expect(wrong.code).toBe('records.values_wrong');
    expect(await refused(request(basic.id, 'idNo', '331102198001010019', ['身份证']))).toMatchObject({
      code: 'records.values_wrong',
    });
    const open = await request(basic.id, 'name', '周若兰', ['户口簿']);
    await suite.decide(school, await asMade(open));
    await suite.becomes(viewer, id, (each) => each.name === '周若兰', 'the name changes');
  });

  test('what cannot be changed is refused in words', async () => {
    const row = await rowOf('education');
    expect(await refused(request(row.id, 'major', '汉语言文学'))).toMatchObject({ code: 'records.nothing_changes' });
    expect(await refused(request(row.id, 'studyMode', '九'))).toMatchObject({ code: 'records.values_wrong' });
    expect(await refused(request('01a20000-0000-7000-8000-000000000001', 'major', 'x'))).toMatchObject({
      code: 'records.entry_not_found',
    });
    const authority = aCaller('informationAdministrator', county);
    const command = { teacherId: id, entryId: row.id, indicator: 'major', value: '数学', reason: '更正' };
    expect(await refused(suite.service.ask(requestChange, command, authority))).toMatchObject({
      code: 'request.forbidden',
    });
  });

  test('a sensitive value is shown with a reason, and the teacher sees who looked', async () => {
    const contact = await rowOf('contact');
    const ask = { teacherId: id, entryId: contact.id, indicator: 'mobile', reason: '核对联系方式' };
    const shown = await suite.service.ask(unmaskValue, ask, school.information);
    expect(shown.value).toMatch(/^1\d{10}$/);
    const number = await suite.service.ask(
      unmaskValue,
      { teacherId: id, indicator: 'idNo', reason: '核对证件' },
      aCaller('informationAdministrator', county),
    );
    expect(number.value).toMatch(/^331199\d{11}[\dX]$/);
    const self = aCaller('teacher', school.path, { teacherId: id });
    const viewers = await suite.service.ask(listViewers, { teacherId: id }, self);
    expect(viewers.items.map(({ section, indicator, reason }) => [section, indicator, reason])).toEqual([
      ['basic', 'idNo', '核对证件'],
      ['contact', 'mobile', '核对联系方式'],
    ]);
    expect(await refused(suite.service.ask(unmaskValue, ask, viewer))).toMatchObject({ code: 'request.forbidden' });
    const again = { idempotencyKey: 'same' };
    await suite.service.ask(unmaskValue, ask, school.information, again);
    expect(await refused(suite.service.ask(unmaskValue, ask, school.information, again))).toMatchObject({
      code: 'request.idempotency_already_done',
    });
  });
});

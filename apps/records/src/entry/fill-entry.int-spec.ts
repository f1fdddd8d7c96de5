import {
  addEntry,
  confirmSection,
  listTeachers,
  patchEntry,
  readCompleteness,
  readHistory,
  removeEntry,
  type Refusal,
} from '@shidang/contracts';
import type { Caller } from '@shidang/access';
import { aCaller, county, RecordsSuite, type School } from '../records.testing';
import { mostRows } from './most-rows';

const refused = (promise: Promise<unknown>): Promise<Refusal['body']> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (refusal: Refusal) => refusal.body,
  );

const study = {
  educationLevel: '21-大学本科毕业',
  educationSchool: '丽水学院',
  major: '小学教育',
  isNormalMajor: '是',
  enrollMonth: '2005年9月',
  degreeLevel: '0',
  studyMode: '1',
};

/** 工作方案 五(三): filling in, value by value. */
describe('filling entries', () => {
  let suite: RecordsSuite;
  let school: School;
  let teacherId: string;
  let self: Caller;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    teacherId = (await suite.register(school)).teacher.id;
    self = aCaller('teacher', school.path, { teacherId });
  });
  afterAll(() => suite.stop());

  const add = (caller: Caller, section: string, values: Record<string, unknown>) =>
    suite.service.ask(addEntry, { teacherId, section, values }, caller);

  test('a teacher adds a row; codes, names and dates are accepted as people write them', async () => {
    const { entry, stage } = await add(self, 'education', study);
    expect(entry.values).toMatchObject({ educationLevel: '21', isNormalMajor: '1', enrollMonth: '2005-09' });
    expect(stage).toBe('draft');
    const told = await suite.service.rows<{ payload: { stage: string } }>(
      `select payload from outbox where subject = 'evt.records.record-changed' and aggregate_id = $1`,
      [teacherId],
    );
    expect(told.map((row) => row.payload.stage)).toEqual(['draft']);
  });

  test('a patch changes what it names, needs the version it saw and leaves a version behind', async () => {
    const [entry] = (await suite.section(self, teacherId, 'education')).entries;
    const patch = (values: Record<string, unknown>, ifMatch?: string) =>
      suite.service.ask(patchEntry, { teacherId, section: 'education', entryId: entry!.id, values }, self, { ifMatch });
    expect(await refused(patch({ major: '数学' }))).toMatchObject({ code: 'request.version_required' });
    expect(await refused(patch({ major: '数学' }, '7'))).toMatchObject({ code: 'request.stale_version' });
    const written = await patch({ major: '数学' }, entry!.etag);
    expect(written.entry).toMatchObject({ version: 2, values: { major: '数学', educationSchool: '丽水学院' } });
    const same = await patch({ major: '数学' }, written.etag);
    expect(same.etag).toBe(written.etag);
    const versions = await suite.service.rows<{ changed_keys: string[] }>(
      'select changed_keys from entry_version where entry_id = $1 order by version',
      [entry!.id],
    );
    expect(versions.map((row) => row.changed_keys)).toEqual([expect.any(Array), ['major']]);
  });

  test('wrong values are refused, every one by name', async () => {
    const body = await refused(add(self, 'education', { ...study, enrollMonth: '2099-01', studyMode: '九' }));
    expect(body.code).toBe('records.values_wrong');
    expect(body.errors?.map((each) => each.field)).toEqual(['studyMode']);
    const order = await refused(
      add(self, 'work', { employer: '丽水中学', startMonth: '2010-09', endMonth: '2009-01' }),
    );
    expect(order.errors?.map((each) => each.field)).toEqual(['endMonth']);
  });

  test('the same row twice is one row', async () => {
    const again = { educationLevel: '21', enrollMonth: '2005-09' };
    expect(await refused(add(self, 'education', again))).toMatchObject({ code: 'records.duplicate_entry' });
  });

  test.each(['assessment', 'pay', 'ethics', 'proTitle'])('三(三): %s is refused to the teacher', async (section) => {
    expect(await refused(add(self, section, {}))).toMatchObject({
      code: 'records.not_yours_to_fill',
      kind: 'forbidden',
    });
  });

  test('sensitive values lie sealed, are masked on the way out and survive a patch of their neighbours', async () => {
    await suite.fillSingle(self, teacherId, 'contact', { mobile: '139 0000 0000', address: '丽水市莲都区中山街1号' });
    await suite.fillSingle(self, teacherId, 'contact', { email: 'zhou@example.cn' });
    const [contact] = (await suite.section(school.information, teacherId, 'contact')).entries;
    expect(contact!.values).toMatchObject({ mobile: '139****0000', email: 'z***@example.cn' });
    const rows = await suite.service.rows(`select 1 from entry where "values"::text like '%13900000000%'`);
    expect(rows).toEqual([]);
  });

  test('a row that never took effect can be removed; a single section keeps its row', async () => {
    const { entry } = await add(self, 'skill', { otherSkill: '书法' });
    const at = { teacherId, section: 'skill', entryId: entry.id };
    await suite.service.ask(removeEntry, at, self, { ifMatch: entry.etag });
    expect((await suite.section(self, teacherId, 'skill')).entries).toEqual([]);
    const [contact] = (await suite.section(self, teacherId, 'contact')).entries;
    const single = { teacherId, section: 'contact', entryId: contact!.id };
    expect(await refused(suite.service.ask(removeEntry, single, self, { ifMatch: contact!.etag }))).toMatchObject({
      code: 'records.single_section',
    });
  });

  test('a row of the school is not the teacher’s to add or to remove, with or without values', async () => {
    const { entry } = await add(school.information, 'post', { startMonth: '2015-09' });
    const at = { teacherId, section: 'post', entryId: entry.id };
    const attempts = [
      add(self, 'post', {}),
      add(self, 'post', { startMonth: '2016-09' }),
      suite.service.ask(removeEntry, at, self, { ifMatch: entry.etag }),
    ];
    for (const attempt of attempts)
      expect(await refused(attempt)).toMatchObject({ code: 'records.not_yours_to_fill', kind: 'forbidden' });
    expect((await suite.section(school.information, teacherId, 'post')).entries).toHaveLength(1);
    await suite.service.ask(removeEntry, at, school.information, { ifMatch: entry.etag });
  });

  test('a row without a value is not added', async () => {
    for (const values of [{}, { major: ' ' }])
      expect(await refused(add(self, 'education', values))).toMatchObject({ code: 'records.empty_entry' });
  });

  test('a section takes so many rows and no more', async () => {
    await suite.service.rows(
      `insert into entry (id, teacher_id, org_path, section, "values", catalogue_version)
       select gen_random_uuid(), $1, $2, 'skill', '{}', '' from generate_series(1, $3::int)`,
      [teacherId, school.path, mostRows],
    );
    expect(await refused(add(self, 'skill', { otherSkill: '书法' }))).toMatchObject({
      code: 'records.section_full',
      facts: { limit: mostRows },
    });
    await suite.service.rows(`delete from entry where teacher_id = $1 and section = 'skill' and not removed`, [
      teacherId,
    ]);
  });

  test('basic information shows the identity facts, the number masked, and what is derived', async () => {
    const view = await suite.section(self, teacherId, 'basic');
    expect(view.entries[0]?.values).toMatchObject({
      idNo: expect.stringMatching(/^331199\*{8}/),
      onEstablishment: expect.any(String),
    });
    expect(view.fillableKeys).toContain('formerName');
    expect(view.fillableKeys).not.toContain('onEstablishment');
    expect(view.fillableKeys).not.toContain('name');
  });

  test('the school mends a wrong name before it takes effect; the number keeps guard over sex and birth date', async () => {
    await suite.fillSingle(school.information, teacherId, 'basic', { name: '钟 若水', memo: '按身份证更正' });
    const view = await suite.section(self, teacherId, 'basic');
    expect(view.entries[0]?.values).toMatchObject({ name: '钟若水', memo: '按身份证更正' });
    expect((await suite.teacher(school.information, teacherId)).name).toBe('钟若水');
    const found = await suite.service.ask(listTeachers, { q: '若水' }, school.information);
    expect(found.items.map((each) => each.id)).toEqual([teacherId]);
    const [stored] = await suite.service.rows<{ values: object }>(
      `select "values" from entry where teacher_id = $1 and section = 'basic'`,
      [teacherId],
    );
    expect(stored?.values).not.toHaveProperty('name');
    const history = await suite.service.ask(readHistory, { teacherId, indicator: 'name', section: 'basic' }, self);
    expect(history.items.map((each) => each.values['name'])).toEqual(['钟若水']);

    const wrong = await refused(suite.fillSingle(school.information, teacherId, 'basic', { birthDate: '1970-01-01' }));
    expect(wrong.errors?.map((each) => each.field)).toEqual(['birthDate']);
    expect(await refused(suite.fillSingle(school.information, teacherId, 'basic', { name: ' ' }))).toMatchObject({
      code: 'records.values_wrong',
    });
    for (const caller of [self, school.information])
      expect(await refused(suite.fillSingle(caller, teacherId, 'basic', { idNo: '331102198001010019' }))).toMatchObject(
        {
          code: 'records.not_yours_to_fill',
        },
      );
  });

  test('a viewer sees basic information and never pay, ethics or contact', async () => {
    const viewer = aCaller('informationViewer', county);
    await suite.section(viewer, teacherId, 'basic');
    for (const section of ['pay', 'ethics', 'contact', 'assessment', 'nonsense'])
      expect(await refused(suite.section(viewer, teacherId, section))).toMatchObject({
        code: 'records.section_not_found',
      });
  });

  test('a colleague and a neighbouring county find no such teacher', async () => {
    const colleague = aCaller('teacher', school.path, { teacherId: '01a20000-0000-7000-8000-000000000001' });
    const cousin = aCaller('informationAdministrator', '0.33.3311.331121.');
    for (const caller of [colleague, cousin]) {
      expect(await refused(suite.section(caller, teacherId, 'education'))).toMatchObject({
        code: 'records.teacher_not_found',
      });
      expect(await refused(add(caller, 'education', study))).toMatchObject({ code: 'records.teacher_not_found' });
    }
  });

  test('an unknown, inherited or foreign key is refused', async () => {
    for (const values of [{ nonsense: 1 }, JSON.parse('{"__proto__": {"a": 1}, "x": 1}'), { vocCourseType: '1' }])
      expect((await refused(add(school.information, 'teaching', values))).code).toBe('records.values_wrong');
    expect(await refused(add(school.information, 'teaching', { constructor: 'x' }))).toMatchObject({
      kind: 'malformed',
    });
  });

  describe('与去年一致', () => {
    let own: string;
    let teacher: Caller;
    const confirm = (section: string, contentTag: string, caller = teacher) =>
      suite.service.ask(confirmSection, { teacherId: own, section, contentTag }, caller);
    const tagOf = async (section: string) => (await suite.section(teacher, own, section)).contentTag!;
    const confirmedIn = async (section: string) =>
      (await suite.service.ask(readCompleteness, { teacherId: own }, teacher)).sections.find(
        (each) => each.section === section,
      )!.confirmedAt;

    beforeAll(async () => {
      own = (await suite.register(school)).teacher.id;
      teacher = aCaller('teacher', school.path, { teacherId: own });
    });

    test('a section is confirmed as it stands, with or without rows, until a row changes', async () => {
      const { confirmedAt } = await confirm('education', await tagOf('education'));
      expect(await confirmedIn('education')).toBe(confirmedAt);
      expect((await suite.section(teacher, own, 'education')).confirmedAt).toBe(confirmedAt);
      await suite.service.ask(addEntry, { teacherId: own, section: 'education', values: study }, teacher);
      expect(await confirmedIn('education')).toBeUndefined();
      expect(await confirmedIn('work')).toBeUndefined();
    });

    test('what has changed since it was read is not confirmed, nor what is the school’s', async () => {
      const tag = await tagOf('education');
      await suite.service.ask(
        addEntry,
        {
          teacherId: own,
          section: 'education',
          values: { ...study, educationSchool: '浙江师范大学', enrollMonth: '2009年9月' },
        },
        teacher,
      );
      expect(await refused(confirm('education', tag))).toMatchObject({ code: 'records.section_changed' });
      expect(await refused(confirm('assessment', await tagOf('assessment')))).toMatchObject({
        code: 'records.not_yours_to_fill',
      });
      const stranger = aCaller('teacher', school.path, { teacherId });
      expect(await refused(confirm('education', tag, stranger))).toMatchObject({ code: 'records.teacher_not_found' });
    });
  });
});

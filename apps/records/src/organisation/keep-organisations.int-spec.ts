import { listTeachers, organisationMoved, organisationRenamed, labelTeachers } from '@shidang/contracts';
import { eventually } from '@shidang/testing';
import { aCaller, city, county, RecordsSuite, type School } from '../records.testing';

describe('the replica of organisations', () => {
  let suite: RecordsSuite;
  let school: School;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
  });
  afterAll(() => suite.stop());

  const nameOf = async () =>
    (await suite.service.rows<{ name: string }>('select name from organisation where code = $1', [school.code]))[0]
      ?.name;

  test('follows a new name, older news change nothing', async () => {
    const renamed = { orgPath: school.path, code: school.code };
    await suite.service.tell(organisationRenamed, { ...renamed, name: '莲都实验学校', version: 3 });
    await eventually(async () => (await nameOf()) === '莲都实验学校', 'the new name arrives');
    const last = await suite.service.tell(organisationRenamed, { ...renamed, name: '旧名', version: 2 });
    await eventually(
      async () => (await suite.service.rows('select 1 from inbox where message_id = $1', [last])).length === 1,
      'the older news is consumed',
    );
    expect(await nameOf()).toBe('莲都实验学校');
  });

  test('a school that comes under the city takes everything along: path, lists, search, names', async () => {
    const { teacher } = await suite.register(school, { ...suite.facts(), name: '钟若水' });
    const orgPath = `${city}${school.code}.`;
    const move = { orgPath, code: school.code, fromPath: school.path, parentCode: '331100', version: 4 };
    await suite.service.tell(organisationMoved, move);
    const cityViewer = aCaller('informationViewer', city);
    await eventually(async () => {
      const page = await suite.service.ask(listTeachers, { organisation: school.code, q: '若水' }, cityViewer);
      expect(page.items.map((each) => each.id)).toEqual([teacher.id]);
      const old = await suite.service.ask(listTeachers, {}, aCaller('informationViewer', county));
      expect(old.items).toEqual([]);
    }, 'the school is listed under the city');
    const own = aCaller('informationAdministrator', orgPath);
    expect((await suite.section(own, teacher.id, 'basic')).entries).toHaveLength(1);
    const { labels } = await suite.service.ask(labelTeachers, { teacherIds: [teacher.id] }, cityViewer);
    expect(labels[0]).toMatchObject({ name: '钟若水', organisationName: '莲都实验学校' });
  });
});

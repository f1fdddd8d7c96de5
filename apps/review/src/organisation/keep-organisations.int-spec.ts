import { findPosts, listCases, organisationFounded, organisationMoved, organisationRenamed } from '@shidang/contracts';
import { eventually } from '@shidang/testing';
import { aCaller, aSchool, aSubmission, county, ReviewSuite } from '../review.testing';

const elsewhere = '0.33.3311.331121.';

describe('organisations kept by review', () => {
  let suite: ReviewSuite;

  beforeAll(async () => {
    suite = await ReviewSuite.start();
    await suite.service.answers(findPosts, () => ({ posts: [] }));
  }, 60_000);
  afterAll(() => suite.stop());

  const found = (school: { path: string; code: string }, name: string) =>
    suite.service.tell(organisationFounded, {
      orgPath: school.path,
      code: school.code,
      name,
      tier: 'school',
      version: 1,
    });
  const nameOf = async (code: string) =>
    (await suite.service.rows<{ name: string }>(`select name from organisation where code = $1`, [code]))[0]?.name;

  it('keep the newest name, in whatever order they are told', async () => {
    const school = aSchool();
    await suite.service.tell(organisationRenamed, {
      orgPath: school.path,
      code: school.code,
      name: '新名小学',
      version: 3,
    });
    await found(school, '旧名小学');
    const last = aSchool();
    await found(last, '另一小学');
    await eventually(async () => (await nameOf(last.code)) === '另一小学', 'the last organisation is known');
    expect(await nameOf(school.code)).toBe('新名小学');
  });

  it('take their cases along when they move, and the turn goes to the new authority', async () => {
    const school = aSchool();
    await found(school, '搬迁小学');
    const [before, after] = [county, elsewhere].map((path) => aCaller('informationAdministrator', path));
    const opened = await suite.submit(aSubmission(school, aCaller('informationAdministrator', school.path)), before!);
    expect(opened.decidable).toBe(true);
    const orgPath = `${elsewhere}${school.code}.`;
    await suite.service.tell(organisationMoved, {
      orgPath,
      fromPath: school.path,
      code: school.code,
      parentCode: '331121',
      version: 2,
    });
    const moved = await suite.caseOf(opened.teacherId, after!);
    expect(moved).toMatchObject({ turnOrganisation: '331121', decidable: true, organisationName: '搬迁小学' });
    expect((await suite.service.ask(listCases, { teacherId: opened.teacherId }, before!)).items).toEqual([]);
    const inNewPlace = await suite.service.ask(listCases, { organisation: school.code }, after!);
    expect(inNewPlace.items.map(({ id }) => id)).toEqual([opened.id]);
    expect((await suite.decide(moved, after!)).stage).toBe('approved');
  });
});

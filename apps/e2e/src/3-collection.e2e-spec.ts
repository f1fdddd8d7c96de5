import { eventually } from '@shidang/testing';
import type { Problem } from './door';
import {
  allSections,
  caseOf,
  decide,
  entriesOf,
  fill,
  recordOf,
  register,
  sectionPath,
  teacherDoor,
  waitForStatus,
} from './record';
import { schools } from './lishui';
import { scenario } from './scenario';

/** 工作方案 五(三): a record is filled, reviewed by the school and by the education authority, and takes effect. */
const people = scenario('collection');

const organisationOnly = ['proTitle', 'pay', 'assessment', 'ethics'] as const;

describe('one record, from four facts to effect', () => {
  let teacherId: string;
  const school = schools.liandu;

  it('is filled by the teacher where he may and by the school where only it may', async () => {
    const person = people.somebody();
    teacherId = await register(people, school, person);
    const teacher = await teacherDoor(people, school, teacherId);
    const record = recordOf(person);
    const school1 = people.at(`informationAdministrator@${school}`);
    await fill(school1, teacherId, record, ['basic', 'post', ...organisationOnly]);
    await fill(
      teacher,
      teacherId,
      record,
      allSections.filter((key) => !['basic', 'post', ...organisationOnly].includes(key)),
    );
    await waitForStatus(school1, teacherId, 'complete');
  });

  it('assessment, pay, ethics and title are refused to the teacher', async () => {
    const teacher = people.at(`teacher:${teacherId}`);
    for (const section of organisationOnly) {
      const refused = await teacher.post(`${sectionPath(teacherId, section)}/entries`, { values: { year: '2024' } });
      expect([403, 422]).toContain(refused.status);
    }
  });

  it('is submitted with a declaration, and then locked', async () => {
    const teacher = people.at(`teacher:${teacherId}`);
    expect((await teacher.post(`/teachers/${teacherId}/submission`, { declared: false })).status).toBe(400);
    await teacher.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
    const [contact] = await entriesOf(teacher, teacherId, 'contact');
    const refused = await teacher.patch<Problem>(
      `${sectionPath(teacherId, 'contact')}/entries/${contact!.id}`,
      { values: { address: '别处' } },
      { ifMatch: contact!.etag },
    );
    expect(refused.status).toBe(409);
  });

  it('is approved by the principal, submitted upward with a receipt, and approved by the county', async () => {
    const principal = people.at(`principal@${school}`);
    const atSchool = await caseOf(principal, teacherId, 'school-review');
    expect(atSchool.schoolSkipped).toBe(false);
    expect((await decide(principal, atSchool, 'approve')).status).toBe(200);
    await caseOf(principal, teacherId, 'school-approved');
    const receipt = await principal.must<{ receipt: string; count: number; authority: string }>('POST', '/submissions');
    expect(receipt.body).toMatchObject({ count: 1, authority: '331102' });
    const county = people.at('informationAdministrator@331102');
    const atCounty = await caseOf(county, teacherId, 'authority-review');
    expect((await decide(county, atCounty, 'approve')).status).toBe(200);
    const view = await waitForStatus(county, teacherId, 'effective');
    expect(view).toMatchObject({ personalCodeFormal: true, effectiveVersion: 1 });
  });

  it('is counted in the progress of school, county, city and province', async () => {
    for (const [post, code] of [
      [`principal@${school}`, school],
      ['informationAdministrator@331102', '331102'],
      ['informationAdministrator@331100', '331100'],
    ] as const) {
      await eventually(
        async () => {
          const { body } = await people.at(post).must<{ figures: { effective: number } }>('GET', `/progress/${code}`);
          // other scenarios have effective records in the same county and city, none in this school
          if (code === school) expect(body.figures.effective).toBe(1);
          else expect(body.figures.effective).toBeGreaterThanOrEqual(1);
        },
        `${code} counts the effective record`,
        { timeout: 15_000 },
      );
    }
  });

  it('its history says who filled what and who reviewed it at each tier', async () => {
    const { body } = await people
      .at('informationAdministrator@331102')
      .must<{ items: Record<string, unknown>[] }>('GET', `/teachers/${teacherId}/history?section=contact`);
    const told = JSON.stringify(body.items);
    expect(told).toContain('screen');
    expect(told).toContain('teacher');
    expect(told).toMatch(/school/);
    expect(told).toMatch(/authority/);
  });
});

describe('a record that is returned', () => {
  it('reopens the marked field alone, and goes through after it is mended', async () => {
    const person = people.somebody();
    const school = schools.qingtian;
    const teacherId = await register(people, school, person);
    const filler = people.at(`informationAdministrator@${school}`);
    const principal = people.at(`principal@${school}`);
    const county = people.at('informationAdministrator@331121');
    await fill(filler, teacherId, recordOf(person, school), allSections);
    await filler.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
    await decide(principal, await caseOf(principal, teacherId, 'school-review'), 'approve');
    await caseOf(principal, teacherId, 'school-approved');
    await principal.must('POST', '/submissions');
    const atCounty = await caseOf(county, teacherId, 'authority-review');
    const [education] = await entriesOf(filler, teacherId, 'education');
    const marks = [
      {
        section: 'education',
        entryId: education!.id,
        indicator: 'major',
        reason: 'wrong',
        words: '专业名称与证书不符',
      },
    ];
    expect((await decide(county, atCounty, 'return', marks)).status).toBe(200);
    await waitForStatus(filler, teacherId, 'authority-returned');

    const [again] = await entriesOf(filler, teacherId, 'education');
    const path = `${sectionPath(teacherId, 'education')}/entries/${again!.id}`;
    const other = await filler.patch<Problem>(
      path,
      { values: { educationSchool: '别的学校' } },
      { ifMatch: again!.etag },
    );
    expect([403, 409, 422]).toContain(other.status);
    const mended = await filler.patch(path, { values: { major: '汉语言文学' } }, { ifMatch: again!.etag });
    expect(mended.status).toBe(200);
    await filler.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });

    const second = await caseOf(principal, teacherId, 'school-review');
    expect(second.contentHash).not.toBe(atCounty.contentHash);
    const stale = await principal.post<Problem>(
      `/review-cases/${second.id}/decision`,
      { verdict: 'approve', contentHash: atCounty.contentHash },
      { ifMatch: second.etag },
    );
    expect([409, 412]).toContain(stale.status);
    await decide(principal, second, 'approve');
    await caseOf(principal, teacherId, 'school-approved');
    await principal.must('POST', '/submissions');
    await decide(county, await caseOf(county, teacherId, 'authority-review'), 'approve');
    await waitForStatus(county, teacherId, 'effective');
  });
});

describe('whose turn it is', () => {
  it('a city-run school submits to the city, and no county sees the case', async () => {
    const person = people.somebody();
    const school = schools.cityRun;
    const teacherId = await register(people, school, person);
    const filler = people.at(`informationAdministrator@${school}`);
    const principal = people.at(`principal@${school}`);
    await fill(filler, teacherId, recordOf(person, school), allSections);
    await filler.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
    await decide(principal, await caseOf(principal, teacherId, 'school-review'), 'approve');
    await caseOf(principal, teacherId, 'school-approved');
    const receipt = await principal.must<{ authority: string }>('POST', '/submissions');
    expect(receipt.body.authority).toBe('331100');
    const city = people.at('informationAdministrator@331100');
    const atCity = await caseOf(city, teacherId, 'authority-review');
    expect((await people.at('informationAdministrator@331102').get(`/review-cases/${atCity.id}`)).status).toBe(404);
    await decide(city, atCity, 'approve');
    await waitForStatus(city, teacherId, 'effective');
  });
});

import { eventually } from '@shidang/testing';
import type { Door, Problem } from './door';
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

/** 工作方案 五(五): an effective record is added to and changed only through the same two reviews. */
const people = scenario('maintenance');
const school = schools.maintenance;
const filler = people.at(`informationAdministrator@${school}`);
const principal = people.at(`principal@${school}`);
const county = people.at('informationAdministrator@331102');

let teacherId: string;
let teacher: Door;

/** Principal, upward, county: both tiers approve the open case of the teacher. */
async function reviewed(): Promise<void> {
  await decide(principal, await caseOf(principal, teacherId, 'school-review'), 'approve');
  const approved = await caseOf(principal, teacherId, 'school-approved');
  await principal.must('POST', '/submissions', { body: { caseIds: [approved.id] } });
  expect((await decide(county, await caseOf(county, teacherId, 'authority-review'), 'approve')).status).toBe(200);
}

beforeAll(async () => {
  const person = people.somebody();
  teacherId = await register(people, school, person);
  teacher = await teacherDoor(people, school, teacherId);
  await fill(filler, teacherId, recordOf(person, school), allSections);
  await filler.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
  await reviewed();
  await waitForStatus(county, teacherId, 'effective');
}, 60_000);

it('an effective value cannot be edited directly, by anybody', async () => {
  const [contact] = await entriesOf(teacher, teacherId, 'contact');
  for (const door of [teacher, filler]) {
    const refused = await door.patch<Problem>(
      `${sectionPath(teacherId, 'contact')}/entries/${contact!.id}`,
      { values: { other: '微信' } },
      { ifMatch: contact!.etag },
    );
    expect([403, 409, 422]).toContain(refused.status);
  }
});

it('a row the teacher adds takes effect after both reviews, while the effective version stays live', async () => {
  const values = { year: '2025', type: '4', project: '新课标专题培训', mode: '1', hours: 24 };
  const added = await teacher.must<{ entry: { id: string } }>('POST', `${sectionPath(teacherId, 'training')}/entries`, {
    body: { values },
  });
  await teacher.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
  const before = await teacher.must<{ effectiveVersion: number }>('GET', `/teachers/${teacherId}`);
  expect(before.body.effectiveVersion).toBe(1);
  await reviewed();
  await eventually(
    async () => {
      const rows = await entriesOf(county, teacherId, 'training');
      expect(rows.find((row) => row.id === added.body.entry.id)?.isEffective).toBe(true);
    },
    'the added row is effective',
    { timeout: 15_000 },
  );
  expect((await county.must<{ effectiveVersion: number }>('GET', `/teachers/${teacherId}`)).body.effectiveVersion).toBe(
    2,
  );
});

it('a value changes by request of the information administrator, confirmed by the principal, decided by the authority', async () => {
  const [education] = await entriesOf(filler, teacherId, 'education');
  const old = education!.values['major'];
  const change = {
    teacherId,
    entryId: education!.id,
    indicator: 'major',
    value: '教育学',
    reason: '专业名称登记有误',
    evidence: ['毕业证书'],
  };
  expect((await teacher.post('/change-requests', change)).status).toBe(403);
  const requested = await filler.must<{ id: string; state: string }>('POST', '/change-requests', { body: change });
  expect(requested.body.state).toBe('open');
  const again = await filler.post<Problem>('/change-requests', { ...change, value: '学前教育' });
  expect(again.status).toBe(409);

  const before = new Date().toISOString();
  const meanwhile = (await entriesOf(county, teacherId, 'education')).find((row) => row.id === education!.id)!;
  expect(meanwhile.effective?.['major'] ?? meanwhile.values['major']).toBe(old);
  await reviewed();
  await eventually(
    async () => {
      const now = (await entriesOf(county, teacherId, 'education')).find((row) => row.id === education!.id)!;
      expect(now.values['major']).toBe('教育学');
      expect(now.isEffective).toBe(true);
    },
    'the change is effective',
    { timeout: 15_000 },
  );
  const asOf = async (moment: string) => {
    const path = `${sectionPath(teacherId, 'education')}?asOf=${encodeURIComponent(moment)}`;
    const { body } = await county.must<{ entries: { id: string; values: Record<string, unknown> }[] }>('GET', path);
    return body.entries.find((row) => row.id === education!.id)?.values['major'];
  };
  expect(await asOf(before)).toBe(old);
  expect(await asOf(new Date().toISOString())).toBe('教育学');
});

import { eventually } from '@shidang/testing';
import type { People } from '../people';
import {
  allSections,
  caseOf,
  decide,
  entriesOf,
  factsOf,
  fill,
  recordOf,
  teacherDoor,
  waitForStatus,
  type CaseSummary,
} from '../record';
import type { Planted, Target } from './oracle';
import { home } from './tree';

/** Nobody's but this record's: a name, a number, a phone, an address, and words in sections a viewer does not see. */
const marks = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'];
const markOf = (index: number) => `${marks[index]}鸾`;

export interface Recorded {
  target: Target;
  planted: Planted;
  submitted: CaseSummary;
}

export async function record(people: People, school: string, index: number): Promise<Recorded> {
  const mark = markOf(index);
  const person = { ...people.somebody(), name: `麒${mark}` };
  const filler = people.at(`informationAdministrator@${school}`);
  const mobile = `1390571${String(6400 + index)}`;
  const made = await people
    .at(`systemAdministrator@${school}`)
    .must<{ teacher: { id: string } }>('POST', '/teachers', { body: factsOf(person) });
  const teacherId = made.body.teacher.id;
  const values = recordOf(person, school);
  const plant = (section: 'contact' | 'work' | 'assessment' | 'ethics', more: Record<string, string>) =>
    values[section].forEach((row) => Object.assign(row, more));
  plant('contact', { address: `浙江省台州市${mark}巷七号`, mobile });
  plant('work', { employer: `${mark}学堂` });
  plant('assessment', { assessor: `${mark}考评组` });
  plant('ethics', { assessor: `${mark}师德组` });
  await fill(filler, teacherId, values, allSections);
  await filler.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
  const submitted = await caseOf(people.at(`principal@${school}`), teacherId, 'school-review');
  const [contact] = await entriesOf(filler, teacherId, 'contact');
  const [work] = await entriesOf(filler, teacherId, 'work');
  const account = await accountOfTeacher(people, school, teacherId);
  const ids = { teacherId, entryId: contact!.id, workId: work!.id, caseId: submitted.id, name: person.name };
  return {
    submitted,
    target: { label: `teacher ${index} of ${school}`, kind: 'teacher', organisation: school, teacherId, ids },
    planted: {
      teacherId,
      accountId: account,
      organisation: school,
      name: person.name,
      person,
      sealed: [person.document.number, mobile, `${mark}巷`],
      inner: [`${mark}学堂`, `${mark}考评组`, `${mark}师德组`],
      ids: [teacherId, account, submitted.id, submitted.submissionId, contact!.id],
    },
  };
}

async function accountOfTeacher(people: People, school: string, teacherId: string): Promise<string> {
  return eventually(
    async () => {
      const { body } = await people
        .at(`systemAdministrator@${school}`)
        .must<{ items: { id: string; teacherId?: string }[] }>('GET', '/accounts?role=teacher&limit=200');
      return body.items.find((item) => item.teacherId === teacherId)?.id ?? false;
    },
    'the registered teacher gets an account',
    { timeout: 20_000 },
  );
}

/** Reviewed twice, then a request to change one value of a section that a viewer does not see, and a teacher's to correct another. */
export async function changed(
  people: People,
  { target, submitted }: Recorded,
): Promise<{ change: Target; receipt: Target }> {
  const school = target.organisation!;
  const county = school === home.school ? home.county : home.cousinCounty;
  const principal = people.at(`principal@${school}`);
  const authority = people.at(`informationAdministrator@${county}`);
  await decide(principal, submitted, 'approve');
  const approved = await caseOf(principal, target.teacherId!, 'school-approved');
  const sent = await principal.must<{ receipt: string }>('POST', '/submissions', { body: { caseIds: [approved.id] } });
  await decide(authority, await caseOf(authority, target.teacherId!, 'authority-review'), 'approve');
  await waitForStatus(authority, target.teacherId!, 'effective');
  const body = {
    teacherId: target.teacherId,
    entryId: target.ids['workId'],
    indicator: 'employer',
    value: `${target.ids['name']!.slice(1)}学堂分部`,
    reason: '单位名称登记有误',
  };
  const filler = people.at(`informationAdministrator@${school}`);
  const asked = await filler.must<{ id: string }>('POST', '/change-requests', { body });
  await caseOf(principal, target.teacherId!, 'school-review');
  const self = await teacherDoor(people, school, target.teacherId!);
  const { entryId } = target.ids;
  const wish = { teacherId: target.teacherId, entryId, indicator: 'other', reason: '请核对' };
  const correction = await self.must<{ id: string }>('POST', '/corrections', { body: wish });
  const about = { organisation: school, teacherId: target.teacherId } as const;
  return {
    change: {
      ...about,
      label: `change at ${school}`,
      kind: 'teacher',
      ids: { changeRequestId: asked.body.id, correctionId: correction.body.id },
    },
    receipt: {
      label: `receipt of ${school}`,
      kind: 'school-file',
      organisation: school,
      ids: { receipt: sent.body.receipt },
    },
  };
}

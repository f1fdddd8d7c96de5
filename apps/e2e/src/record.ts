import { identityFacts, sectionOf, sections, type SectionKey } from '@shidang/catalogue';
import { inventRecord, Random, type InventedPerson, type InventedRecord } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Answer, Door } from './door';
import { schools } from './lishui';
import { today, type People } from './people';

export interface TeacherView {
  id: string;
  name: string;
  status: string;
  documentMasked: string;
  personalCodeMasked: string;
  personalCodeFormal: boolean;
  effectiveVersion: number;
  etag: string;
}

export interface CaseSummary {
  id: string;
  teacherId: string;
  submissionId: string;
  stage: string;
  schoolSkipped: boolean;
  contentHash: string;
  turnOrganisation?: string;
  etag: string;
}

interface Entry {
  id: string;
  values: Record<string, unknown>;
  effective?: Record<string, unknown>;
  isEffective: boolean;
  etag: string;
}

/** The four facts and the employment, as the school's system administrator types them. */
export const factsOf = (person: InventedPerson) => ({
  name: person.name,
  sex: person.sex,
  birthDate: person.birthDate,
  document: person.document,
  employment: person.employment,
});

export async function register(people: People, school: string, person: InventedPerson): Promise<string> {
  const made = await people
    .at(`systemAdministrator@${school}`)
    .must<{ teacher: TeacherView }>('POST', '/teachers', { body: factsOf(person) });
  return made.body.teacher.id;
}

export const recordOf = (person: InventedPerson, school: string = schools.liandu): InventedRecord =>
  inventRecord({
    random: new Random(person.document.number),
    person,
    category: 'primarySecondary',
    today,
    schoolName: school,
    rows: 1,
  });

export const sectionPath = (teacherId: string, section: string) => `/teachers/${teacherId}/sections/${section}`;

export async function entriesOf(door: Door, teacherId: string, section: string): Promise<Entry[]> {
  return (await door.must<{ entries: Entry[] }>('GET', sectionPath(teacherId, section))).body.entries;
}

/** Fills the given sections as that user: the single ones patched, the repeating ones added row by row. */
export async function fill(
  door: Door,
  teacherId: string,
  record: InventedRecord,
  keys: readonly SectionKey[],
): Promise<void> {
  const facts = new Set<string>(Object.values(identityFacts));
  for (const key of keys) {
    for (const values of record[key]) {
      const typed = Object.fromEntries(Object.entries(values).filter(([name]) => key !== 'basic' || !facts.has(name)));
      const path = `${sectionPath(teacherId, key)}/entries`;
      const [existing] = sectionOf(key).multiRecord ? [] : await entriesOf(door, teacherId, key);
      if (existing)
        await door.must('PATCH', `${path}/${existing.id}`, { body: { values: typed }, ifMatch: existing.etag });
      else await door.must('POST', path, { body: { values: typed } });
    }
  }
}

export const allSections = sections.map((section) => section.key);

/** The teacher's own account: a slip from the school's system administrator, activated. */
export async function teacherDoor(people: People, school: string, teacherId: string): Promise<Door> {
  const administrator = people.at(`systemAdministrator@${school}`);
  interface Account {
    id: string;
    teacherId?: string;
  }
  const account = await eventually(async () => {
    const { body } = await administrator.must<{ items: Account[] }>('GET', '/accounts?role=teacher&limit=200');
    const found = body.items.find((item) => item.teacherId === teacherId);
    if (!found) throw new Error('no account yet');
    return found;
  }, 'the registered teacher gets an account');
  const slip = await administrator.must<{ code: string; loginName: string }>(
    'POST',
    `/accounts/${account.id}/activation-slips`,
  );
  return people.activateTeacher(`teacher:${teacherId}`, { ...slip.body, accountId: account.id });
}

/** Facts travel: 15 s are plenty on a busy machine, 45 s when a process was killed with one in its hands. */
export async function caseOf(door: Door, teacherId: string, stage: string, timeout = 15_000): Promise<CaseSummary> {
  return eventually(
    async () => {
      const { body } = await door.must<{ items: CaseSummary[] }>('GET', `/review-cases?teacherId=${teacherId}`);
      const found = body.items.find((item) => item.stage === stage);
      if (!found) throw new Error(`cases: ${body.items.map((item) => item.stage).join(', ') || 'none'}`);
      return found;
    },
    `a case of the teacher stands at ${stage}`,
    { timeout },
  );
}

export async function decide(
  door: Door,
  of: CaseSummary,
  verdict: 'approve' | 'return',
  marks?: unknown[],
): Promise<Answer<CaseSummary>> {
  const fresh = await door.must<{ case?: CaseSummary } & CaseSummary>('GET', `/review-cases/${of.id}`);
  return door.post<CaseSummary>(
    `/review-cases/${of.id}/decision`,
    { verdict, contentHash: of.contentHash, ...(marks ? { marks } : {}) },
    { ifMatch: fresh.etag || of.etag },
  );
}

export const statusOf = async (door: Door, teacherId: string) =>
  (await door.must<TeacherView>('GET', `/teachers/${teacherId}`)).body;

export async function waitForStatus(
  door: Door,
  teacherId: string,
  status: string,
  timeout = 15_000,
): Promise<TeacherView> {
  return eventually(
    async () => {
      const view = await statusOf(door, teacherId);
      if (view.status !== status) throw new Error(`status is ${view.status}`);
      return view;
    },
    `the record becomes ${status}`,
    { timeout },
  );
}

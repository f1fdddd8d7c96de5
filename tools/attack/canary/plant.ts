import { demoSchools, edited, makeCleanWorkbook, Random, sampleTeachers, type SampleTeacher } from '@shidang/seed';
import type { Attacking } from '../attack';
import { ask, bodyOf, type Answer } from '../door/ask';
import type { Asker } from '../door/asker';
import { became, must } from '../door/must';
import type { Canary, NewWord } from './canary';
import { plantChangeRequest } from './plant-change-request';
import { plantMonthlyReport } from './plant-monthly-report';

/** Who works at the school where canaries are planted, and who stands above it. */
export interface Insiders {
  readonly sys: Asker;
  readonly info: Asker;
  readonly head: Asker;
  readonly county: Asker;
  readonly city: Asker;
}

export interface Planted {
  readonly canaries: readonly Canary[];
  readonly insiders: Insiders;
  readonly teacherIds: readonly string[];
  readonly importIds: readonly string[];
  readonly caseId: string;
  readonly changeRequestId: string;
  readonly reportId: string;
}

export const { primary: school } = demoSchools;
/** At the school, and a teacher sees himself alone. */
export const besideNames = [`t310001@${school}`, `t310003@${school}`];
const rare = '龘靐齉齾爩鱻麤龗灪龖厵滟虋籱饢驫讟';

/** No two of a run alike; Han alone, as a name has to be. */
export const wordOf = (random: Random, length: number): string =>
  Array.from({ length }, () => rare[Math.floor(random.next() * rare.length)]).join('');

export const insidersOf = ({ askers }: Attacking): Insiders => {
  const named = (loginName: string) => askers.find((asker) => asker.loginName === loginName)!;
  return {
    sys: named(`sys@${school}`),
    info: named(`info@${school}`),
    head: named(`head@${school}`),
    county: named('info@331102'),
    city: named('info@331100'),
  };
};

export async function upload(url: string, asker: Asker, name: string, content: Buffer): Promise<Answer> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(content)]), name);
  const request = new Request('http://x/', { method: 'POST', body: form });
  const body = Buffer.from(await request.arrayBuffer());
  const type = request.headers.get('content-type')!;
  return ask(url, { method: 'POST', path: '/api/v1/imports', headers: { ...asker.who(), 'content-type': type }, body });
}

export const stateOf = (asker: Asker, importId: string, ...states: string[]): Promise<Record<string, unknown>> =>
  became(`the import is ${states.join(' or ')}`, async () => {
    const view = bodyOf(await asker.ask('GET', `/imports/${importId}`));
    return states.includes(String(view['state'])) ? view : undefined;
  });

async function registered({ sys }: Insiders, people: readonly SampleTeacher[]): Promise<string[]> {
  const teachers = people.map(({ name, sex, birthDate, document, employment }) => ({
    name,
    sex,
    birthDate,
    document,
    employment,
  }));
  const { rows } = must(await sys.ask('POST', '/teacher-lists', { teachers }), 'registering') as {
    rows: { teacherId: string }[];
  };
  return rows.map(({ teacherId }) => teacherId);
}

async function filled({ info }: Insiders, url: string, people: readonly SampleTeacher[]): Promise<string> {
  const sent = must(await upload(url, info, '名单.xlsx', await makeCleanWorkbook(people, 1)), 'uploading');
  const id = String(sent['id']);
  await stateOf(info, id, 'checked');
  must(await info.ask('POST', `/imports/${id}/commit`, {}), 'committing');
  await stateOf(info, id, 'committed');
  return id;
}

async function patched(
  { info }: Insiders,
  teacherId: string,
  section: string,
  values: Record<string, string>,
): Promise<string> {
  const path = `/teachers/${teacherId}/sections/${section}`;
  const { entries } = must(await info.ask('GET', path), `reading ${section}`) as {
    entries: { id: string; etag: string }[];
  };
  const [entry] = entries;
  const answer = await info.ask(
    'PATCH',
    `${path}/entries/${entry!.id}`,
    { values },
    { 'if-match': `"${entry!.etag}"` },
  );
  must(answer, `planting in ${section}`);
  return entry!.id;
}

async function returned({ head, info }: Insiders, teacherId: string, words: string): Promise<string> {
  must(await info.ask('POST', `/teachers/${teacherId}/submission`, { declared: true }), 'submitting');
  const found = await became('the case is opened', async () => {
    const { items } = bodyOf(await head.ask('GET', `/review-cases?teacherId=${teacherId}`)) as {
      items?: { id: string }[];
    };
    return items?.[0];
  });
  const read = await head.ask('GET', `/review-cases/${found.id}`);
  const seen = must(read, 'reading the case');
  const { contentHash } = (seen['case'] ?? seen) as { contentHash: string };
  const body = { verdict: 'return', contentHash, marks: [{ section: 'work', reason: 'unclear', words }] };
  must(
    await head.ask('POST', `/review-cases/${found.id}/decision`, body, { 'if-match': String(read.headers['etag']) }),
    'returning',
  );
  return found.id;
}

/** A workbook that stays unfinished: what is wrong with it, cell by cell, is its sender's. */
async function withFindings(
  { info }: Insiders,
  url: string,
  people: readonly SampleTeacher[],
  word: string,
): Promise<string> {
  const cells = ['B', 'C', 'D', 'E', 'F', 'G', 'H'].map((column) => ({
    sheet: '工作经历',
    cell: `${column}2`,
    value: word,
  }));
  const sent = must(
    await upload(url, info, `${word}.xlsx`, await edited(await makeCleanWorkbook(people, 1), cells)),
    'uploading',
  );
  await stateOf(info, String(sent['id']), 'checked', 'matching', 'failed');
  return String(sent['id']);
}

/** Canaries in records, a case, an import, an urging and a change of one school and in its county's report, by the ways they come there in life. */
export async function plant(attacking: Attacking): Promise<Planted> {
  const { url } = attacking.system;
  const random = new Random(`${attacking.seed}/canaries`);
  const insiders = insidersOf(attacking);
  const canaries: Canary[] = [];
  const canary = (place: string, kind: Canary['kind'], word: string, more?: Pick<Canary, 'audited'>): string => {
    canaries.push({ place, kind, word, ...more });
    return word;
  };
  const people = sampleTeachers(3, `${attacking.seed}/canaries`).map((person) => ({
    ...person,
    name: canary('name', 'personal', wordOf(random, 4)),
  }));
  for (const { document } of people) canary('document number', 'sealed', document.number);
  const teacherIds = await registered(insiders, people);
  const committed = await filled(insiders, url, people);
  for (const [index, teacherId] of teacherIds.entries()) {
    const mobile = canary('contact.mobile', 'sealed', `1390571${String(8_100 + index)}`);
    const address = canary('contact.address', 'sealed', `${wordOf(random, 5)}巷七号`);
    await patched(insiders, teacherId, 'contact', { mobile, address });
    await patched(insiders, teacherId, 'work', {
      employer: canary('work.employer', 'personal', `${wordOf(random, 5)}学堂`),
    });
  }
  const word: NewWord = (place, length, more) => canary(place, 'personal', wordOf(random, length), more);
  const caseId = await returned(insiders, teacherIds[0]!, word('words of a return', 6));
  const unfinished = await withFindings(insiders, url, people, word('a cell of an import', 6));
  const words = word('words of an urging', 6);
  must(await insiders.county.ask('POST', '/urgings', { organisations: [school], words }), 'urging');
  const beside = attacking.askers.filter(({ loginName }) => besideNames.includes(loginName));
  const changeRequestId = await plantChangeRequest(insiders.info, beside, word);
  const reportId = await plantMonthlyReport(insiders.county, insiders.city, word);
  return {
    canaries,
    insiders,
    teacherIds,
    importIds: [committed, unfinished],
    caseId,
    changeRequestId,
    reportId,
  };
}

import { eventually } from '@shidang/testing';
import {
  encryptedWorkbook,
  makeCleanWorkbook,
  makeMistakesWorkbook,
  plantedMistakes,
  renamedMacroWorkbook,
  resaved,
  edited,
  sampleTeachers,
  teacherElsewhere,
  truncated,
  zipBomb,
  type SampleTeacher,
} from '@shidang/seed';
import type { Door, Problem } from './door';
import { schools } from './lishui';
import { caseOf, decide, factsOf, sectionPath, waitForStatus, type CaseSummary, type TeacherView } from './record';
import { scenario } from './scenario';

/** 工作方案 五(三): sixty teachers by workbook, through both reviews to effect, and what a workbook can do wrong. */
const people = scenario('workbook');
const school = schools.workbook;
const filler = people.at(`informationAdministrator@${school}`);
const principal = people.at(`principal@${school}`);
const county = people.at('informationAdministrator@331102');

interface Import {
  id: string;
  state: string;
  counts?: Record<string, number>;
  failure?: { code: string };
}

async function registerAll(at: string, teachers: readonly SampleTeacher[]): Promise<string[]> {
  const made = await people
    .at(`systemAdministrator@${at}`)
    .must<{ refused: number; rows: { teacherId: string; findings: unknown[] }[] }>('POST', '/teacher-lists', {
      body: { teachers: teachers.map(factsOf) },
    });
  expect(made.body.rows.flatMap((row) => row.findings)).toEqual([]);
  return made.body.rows.map((row) => row.teacherId);
}

async function stateOf(door: Door, id: string, ...states: string[]): Promise<Import> {
  return eventually(
    async () => {
      const { body } = await door.must<Import>('GET', `/imports/${id}`);
      if (!states.includes(body.state)) throw new Error(`${body.state} ${JSON.stringify(body.failure ?? {})}`);
      return body;
    },
    `the import becomes ${states.join(' or ')}`,
    { timeout: 60_000, every: 100 },
  );
}

async function checked(door: Door, content: Buffer, name = '教师信息.xlsx'): Promise<Import> {
  const uploaded = await door.upload<Import>('/imports', name, content);
  expect([uploaded.status, uploaded.body]).toEqual([202, expect.objectContaining({ id: expect.any(String) })]);
  const { id } = uploaded.body;
  const found = await stateOf(door, id, 'checked', 'matching', 'failed');
  if (found.state !== 'matching') return found;
  await leaveOut(door, id);
  return stateOf(door, id, 'checked', 'failed');
}

/** Columns the template does not have stay out, in so many words. */
async function leaveOut(door: Door, id: string): Promise<void> {
  const { body } = await door.must<{
    etag: string;
    sheets: { sheet: string; columns: { column: string; isSure: boolean }[]; missing: string[] }[];
  }>('GET', `/imports/${id}/columns`);
  const sheets = body.sheets.map(({ sheet, columns, missing }) => ({
    sheet,
    columns: columns.flatMap(({ column, isSure }) => (isSure ? [] : [{ column }])),
    without: missing,
  }));
  await door.must('PUT', `/imports/${id}/columns`, { body: { sheets }, ifMatch: body.etag });
}

describe('the sample workbook', () => {
  const teachers = sampleTeachers();
  let ids: string[];
  let file: Buffer;

  beforeAll(async () => {
    ids = await registerAll(school, teachers);
    file = await makeCleanWorkbook(teachers);
  }, 60_000);

  it('follows a template that has seventeen sheets, code lists and no macros', async () => {
    const template = await filler.download('/import-templates/primarySecondary.xlsx');
    expect(template.status).toBe(200);
    expect(template.content.subarray(0, 2).toString()).toBe('PK');
    expect(template.content.includes(Buffer.from('vbaProject'))).toBe(false);
  });

  it('is checked without a finding and written', async () => {
    const found = await checked(filler, file);
    expect(found.counts).toMatchObject({ teachers: 60, findings: 0, errors: 0 });
    await filler.must('POST', `/imports/${found.id}/commit`);
    const committed = await stateOf(filler, found.id, 'committed', 'failed');
    expect(committed.failure).toBeUndefined();
    await waitForStatus(filler, ids[0]!, 'complete');
  }, 90_000);

  it('changes nothing when another program saved the same content, and three values when three cells were edited', async () => {
    const again = await checked(filler, await resaved(file));
    expect(again.counts).toMatchObject({ added: 0, changed: 0, valuesChanged: 0, findings: 0 });
    const three = await checked(
      filler,
      await edited(file, [
        { sheet: '工作经历', cell: 'G2', value: '副校长' },
        { sheet: '工作经历', cell: 'G3', value: '教务主任' },
        { sheet: '工作经历', cell: 'G4', value: '年级组长' },
      ]),
    );
    expect(three.counts).toMatchObject({ added: 0, valuesChanged: 3 });
  }, 90_000);

  it('history names the workbook, its sheet and cell', async () => {
    const { body } = await county.must('GET', `/teachers/${ids[0]}/history?section=work`);
    const told = JSON.stringify(body);
    expect(told).toContain('import');
    expect(told).toContain('工作经历');
  });

  it('goes through: all submitted and reviewed, one returned and mended, the others approved as one batch', async () => {
    for (const id of ids) await filler.must('POST', `/teachers/${id}/submission`, { body: { declared: true } });
    const waiting = await waitingCases(principal, 'school-review', ids.length);
    for (const one of waiting) expect((await decide(principal, one, 'approve')).status).toBe(200);
    await waitingCases(principal, 'school-approved', ids.length);
    const sent = await principal.must<{ count: number; receipt: string }>('POST', '/submissions');
    expect(sent.body.count).toBe(60);

    const atCounty = await waitingCases(county, 'authority-review', ids.length);
    const [first, ...others] = atCounty;
    const rows = await county.must<{ entries: { id: string }[] }>('GET', sectionPath(first!.teacherId, 'work'));
    const mark = {
      section: 'work',
      entryId: rows.body.entries[0]!.id,
      indicator: 'position',
      reason: 'unclear',
      words: '请填写具体岗位',
    };
    expect((await decide(county, first!, 'return', [mark])).status).toBe(200);
    const cases = others.map((one) => ({ caseId: one.id, contentHash: one.contentHash }));
    const batch = await county.must<{ id: string; count: number; skipped: unknown[] }>('POST', '/review-batches', {
      body: { verdict: 'approve', cases },
    });
    expect(batch.body).toMatchObject({ count: 59, skipped: [] });
    await county.must('POST', `/review-batches/${batch.body.id}/release`);
    for (const one of others) await waitForStatus(county, one.teacherId, 'effective', 45_000);

    await waitForStatus(filler, first!.teacherId, 'authority-returned');
    const section = await filler.must<{ entries: { id: string; etag: string }[] }>(
      'GET',
      sectionPath(first!.teacherId, 'work'),
    );
    const marked = section.body.entries.find((row) => row.id === mark.entryId)!;
    const path = `${sectionPath(first!.teacherId, 'work')}/entries/${marked.id}`;
    await filler.must('PATCH', path, { body: { values: { position: '语文教师' } }, ifMatch: marked.etag });
    await filler.must('POST', `/teachers/${first!.teacherId}/submission`, { body: { declared: true } });
    await decide(principal, await caseOf(principal, first!.teacherId, 'school-review'), 'approve');
    await caseOf(principal, first!.teacherId, 'school-approved');
    await principal.must('POST', '/submissions');
    await decide(county, await caseOf(county, first!.teacherId, 'authority-review'), 'approve');
    const view: TeacherView = await waitForStatus(county, first!.teacherId, 'effective');
    expect(view.personalCodeFormal).toBe(true);
  }, 240_000);
});

async function waitingCases(door: Door, stage: string, count: number): Promise<CaseSummary[]> {
  return eventually(
    async () => {
      const { body } = await door.must<{ items: CaseSummary[] }>(
        'GET',
        `/review-cases?state=${stage}&organisation=${school}&limit=200`,
      );
      if (body.items.length !== count) throw new Error(`${body.items.length} of ${count}`);
      return body.items;
    },
    `${count} cases stand at ${stage}`,
    { timeout: 45_000, every: 200 },
  );
}

describe('the workbook with mistakes', () => {
  it('yields exactly the 37, each at its cell, and says how to mend it', async () => {
    const seed = 'workbook-mistakes';
    const elsewhere = teacherElsewhere();
    await registerAll(schools.qingtian, [elsewhere]);
    await registerAll(school, sampleTeachers(60, seed));
    const { file, expected } = await makeMistakesWorkbook(seed);
    const found = await checked(filler, file);
    expect(found.counts!['findings']).toBe(plantedMistakes);
    interface Issue {
      sheet: string;
      row: number;
      column?: string;
      code: string;
      detail?: string;
    }
    const issues: Issue[] = [];
    let cursor: string | undefined;
    do {
      const page: { body: { items: Issue[]; page: { next?: string } } } = await filler.must(
        'GET',
        `/imports/${found.id}/issues?limit=10${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      issues.push(...page.body.items);
      cursor = page.body.page.next;
    } while (cursor);
    const place = ({ sheet, row, column, code }: Issue) => ({ sheet, row, ...(column ? { column } : {}), code });
    expect(issues.map(place)).toEqual(expected.map(place));
    expect(JSON.stringify(issues)).not.toContain(elsewhere.name);
  }, 120_000);
});

describe('hostile files', () => {
  it.each([
    ['a zip bomb', zipBomb],
    ['an encrypted workbook', encryptedWorkbook],
    ['a macro workbook that was renamed', renamedMacroWorkbook],
  ])(
    '%s is refused clearly, and the services are unharmed',
    async (_, make) => {
      const answer = await filler.upload<Problem>('/imports', '教师信息.xlsx', make());
      expect([413, 415, 422]).toContain(answer.status);
      expect(answer.body.code).toMatch(/^records\./);
      expect(answer.body.detail).toMatch(/\p{Script=Han}/u);
      expect((await filler.get('/imports')).status).toBe(200);
    },
    60_000,
  );

  it('a truncated workbook is refused clearly', async () => {
    const answer = await filler.upload<Problem>(
      '/imports',
      '教师信息.xlsx',
      truncated(await makeCleanWorkbook(sampleTeachers(5))),
    );
    expect([400, 415, 422]).toContain(answer.status);
    expect(answer.body.detail).toMatch(/\p{Script=Han}/u);
  });
});

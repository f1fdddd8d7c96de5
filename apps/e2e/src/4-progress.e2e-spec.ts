import { eventually } from '@shidang/testing';
import type { Answer, Door } from './door';
import { allSections, caseOf, decide, fill, recordOf, register, waitForStatus } from './record';
import { schools } from './lishui';
import { scenario } from './scenario';

/** 工作方案 五(四), 六(三): every tier watches; the county reports monthly, the city sums. */
const people = scenario('progress');
const school = schools.progress;
const filler = people.at(`informationAdministrator@${school}`);
const principal = people.at(`principal@${school}`);
const county = people.at('informationAdministrator@331121');
const city = people.at('informationAdministrator@331100');
const month = new Date().toISOString().slice(0, 7);

interface Progress {
  headCount?: number;
  figures: Record<string, number>;
  rates: Record<string, number>;
  turns: { turn: string; n: number }[];
}
const progressOf = async (door: Door, code: string) => (await door.must<Progress>('GET', `/progress/${code}`)).body;

describe('progress', () => {
  it('shows no rate where nobody has declared how many there are', async () => {
    const progress = await progressOf(principal, school);
    expect(progress.headCount).toBeUndefined();
    expect(progress.rates['effective']).toBeUndefined();
  });

  it('the school declares the head count, its authority confirms it', async () => {
    const path = `/organisations/${school}/head-count`;
    const before = await filler.must('GET', path);
    await filler.must('PUT', path, { body: { declared: 4 }, ifMatch: before.etag });
    await county.must('POST', `${path}/confirmation`, { body: { declared: 4 } });
    expect((await filler.must('GET', path)).body).toMatchObject({ declared: 4, confirmed: 4, inForce: 4 });
  });

  it('counts against the declared head count and says whose turn it is', async () => {
    const untouched = await register(people, school, people.somebody());
    const person = people.somebody();
    const submitted = await register(people, school, person);
    await fill(filler, submitted, recordOf(person, school), allSections);
    await filler.must('POST', `/teachers/${submitted}/submission`, { body: { declared: true } });
    await caseOf(principal, submitted, 'school-review');
    await eventually(
      async () => {
        const progress = await progressOf(county, school);
        expect(progress.headCount).toBe(4);
        expect(progress.figures).toMatchObject({ registered: 2, complete: 1, effective: 0, unregistered: 2 });
        expect(progress.rates['registered']).toBe(0.5);
        // the two that are not on file yet are the school's, as is the review that waits
        expect(Object.fromEntries(progress.turns.map(({ turn, n }) => [turn, n]))).toMatchObject({
          school: 3,
          teacher: 1,
        });
      },
      'the projections have caught up',
      { timeout: 15_000 },
    );
    expect(untouched).not.toBe(submitted);
  });

  it('children of the city are its counties and its own schools, out of scope reads as not found', async () => {
    const children = await city.must<{ items: { organisation: { code: string } }[] }>(
      'GET',
      '/progress/331100/children',
    );
    const codes = children.body.items.map((item) => item.organisation.code);
    expect(codes).toEqual(expect.arrayContaining(['331102', '331121', schools.cityRun]));
    expect((await county.get('/progress/331102')).status).toBe(404);
  });
});

describe('notices', () => {
  it('tell the principal of a submission, and can be marked as read', async () => {
    const unread = await eventually(async () => {
      const { body } = await principal.must<{ items: { id: string; kind: string }[] }>('GET', '/notices?unread=true');
      const found = body.items.find((notice) => notice.kind === 'case-awaiting-school');
      if (!found) throw new Error(`kinds: ${body.items.map((notice) => notice.kind).join()}`);
      return found;
    }, 'the principal is told that a case awaits the school');
    await principal.must('POST', `/notices/${unread.id}/read`);
    const { body } = await principal.must<{ items: { id: string }[] }>('GET', '/notices?unread=true');
    expect(body.items.map((notice) => notice.id)).not.toContain(unread.id);
    expect((await filler.post(`/notices/${unread.id}/read`)).status).toBe(404);
  });
});

describe('the monthly report', () => {
  interface Report {
    id: string;
    stage: string;
    missing: { organisation: { code: string } }[];
    rolledUp: { organisation: { code: string } }[];
    groups: { cells: { key: string; own?: unknown; total?: unknown; kind: string }[] }[];
  }
  const cell = (report: Answer<Report>, key: string) =>
    report.body.groups.flatMap((group) => group.cells).find((one) => one.key === key)!;
  const typed = {
    workGroup: true,
    workGroupDate: `${month}-01`,
  };
  let report: Answer<Report>;

  const open = async (door: Door) => {
    const opened = await door.must<Report>('POST', '/monthly-reports', { body: { month } });
    return door.must<Report>('GET', `/monthly-reports/${opened.body.id}`);
  };
  /** Types what only people know, whatever the form asks for. */
  const type = async (door: Door, opened: Answer<Report>) => {
    const values: Record<string, unknown> = { ...typed };
    for (const one of opened.body.groups.flatMap((group) => group.cells) as {
      key: string;
      kind: string;
      type?: string;
    }[]) {
      if (one.kind !== 'typed' || one.key in values) continue;
      values[one.key] =
        one.type === 'integer' ? 1 : one.type === 'yesNo' ? true : one.type === 'day' ? `${month}-01` : '按计划推进';
    }
    return door.must<Report>('PATCH', `/monthly-reports/${opened.body.id}`, {
      body: { cells: values },
      ifMatch: opened.etag,
    });
  };

  it('fills itself from the register; figures cannot be typed', async () => {
    report = await open(county);
    expect(report.body.stage).toBe('open');
    expect(cell(report, 'declared').own).toBe(4);
    const refused = await county.patch(
      `/monthly-reports/${report.body.id}`,
      { cells: { declared: 400 } },
      { ifMatch: report.etag },
    );
    expect(refused.status).toBe(422);
  });

  it('freezes on submission and opens the list behind a figure as it was', async () => {
    report = await type(county, report);
    report = await county.must<Report>('POST', `/monthly-reports/${report.body.id}/submission`, {
      ifMatch: report.etag,
    });
    expect(report.body.stage).toBe('submitted');
    const frozen = cell(report, 'entered').own;
    await register(people, school, people.somebody());
    const later = await county.must<Report>('GET', `/monthly-reports/${report.body.id}`);
    expect(cell(later, 'entered').own).toBe(frozen);
    const records = await county.must<{ items: unknown[] }>(
      'GET',
      `/monthly-reports/${report.body.id}/cells/entered/records`,
    );
    expect(records.body.items).toHaveLength(Number(frozen));
  });

  it('the city accepts it and sums it with its own sheet, naming the counties that are missing', async () => {
    const seen = await city.must<Report>('GET', `/monthly-reports/${report.body.id}`);
    await city.must('POST', `/monthly-reports/${report.body.id}/acceptance`, { ifMatch: seen.etag });
    const own = await type(city, await open(city));
    const summed = await city.must<Report>('POST', `/monthly-reports/${own.body.id}/submission`, { ifMatch: own.etag });
    const missing = summed.body.missing.map((sheet) => sheet.organisation.code);
    expect(missing).toContain('331102');
    expect(missing).not.toContain('331121');
    expect(summed.body.rolledUp.map((sheet) => sheet.organisation.code)).toEqual(['331121']);
    const declared = cell(summed, 'declared');
    expect(declared.total).toBe(Number(declared.own ?? 0) + 4);
  });

  it('nobody reads the report of a sibling', async () => {
    const sibling = people.at('informationAdministrator@331102');
    expect((await sibling.get(`/monthly-reports/${report.body.id}`)).status).toBe(404);
  });
});

it('a batch of approvals can be undone until it is released', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const person = people.somebody();
    const teacherId = await register(people, school, person);
    await fill(filler, teacherId, recordOf(person, school), allSections);
    await filler.must('POST', `/teachers/${teacherId}/submission`, { body: { declared: true } });
    await decide(principal, await caseOf(principal, teacherId, 'school-review'), 'approve');
    ids.push(teacherId);
  }
  await principal.must('POST', '/submissions');
  const cases = await Promise.all(ids.map((id) => caseOf(county, id, 'authority-review')));
  const body = { verdict: 'approve', cases: cases.map((one) => ({ caseId: one.id, contentHash: one.contentHash })) };
  const first = await county.must<{ id: string; count: number }>('POST', '/review-batches', { body });
  expect(first.body.count).toBe(3);
  await county.must('POST', `/review-batches/${first.body.id}/undo`);
  for (const id of ids) await caseOf(county, id, 'authority-review');
  const second = await county.must<{ id: string; count: number }>('POST', '/review-batches', { body });
  await county.must('POST', `/review-batches/${second.body.id}/release`);
  for (const id of ids) await waitForStatus(county, id, 'effective');
  expect((await county.post(`/review-batches/${second.body.id}/undo`)).status).toBe(409);
});

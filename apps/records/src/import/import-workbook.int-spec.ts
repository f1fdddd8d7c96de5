import {
  identityRefusals,
  ImportView,
  workbookRefusals,
  importRefusals,
  listImports,
  beginImport,
  startImport,
} from '@shidang/contracts';
import {
  edited,
  encryptedWorkbook,
  makeCleanWorkbook,
  makeMistakesWorkbook,
  millionBlankRows,
  renamedMacroWorkbook,
  resaved,
  sampleTeachers,
  sixteenThousandColumns,
  teacherElsewhere,
  truncated,
  zipBomb,
} from '@shidang/seed';
import { aCaller, county, RecordsSuite, type School } from '../records.testing';
import { ImportSuite } from './import.testing';
import { importWorker } from './import-worker';
import { peopleAtOnce } from './judge-workbook';

jest.setTimeout(120_000);

/** More than one batch of them. */
const teachers = sampleTeachers(30);
let records: RecordsSuite;
let imports: ImportSuite;
let clean: Buffer;

beforeAll(async () => {
  records = await RecordsSuite.start();
  imports = new ImportSuite(records);
  await imports.answerRenewals(() => identityRefusals.sessionEnded({}));
  clean = await makeCleanWorkbook(teachers);
});

afterAll(() => records?.stop());

const versions = async (school: School): Promise<number> => {
  const [row] = await records.service.rows<{ n: number }>(
    `select count(*)::int as n from entry_version where org_path = $1`,
    [school.path],
  );
  return row!.n;
};

describe('the workbook of a school', () => {
  let school: School;
  let first: ImportView;

  beforeAll(async () => {
    school = await records.school();
    await imports.registerAll(school, teachers);
  });

  it('is checked without a finding and without a change', async () => {
    const before = await versions(school);
    first = await imports.checked(school.information, clean);
    expect(first.counts).toMatchObject({ findings: 0, bad: 0, teachers: 30, unchanged: 0 });
    expect(first.counts!.added + first.counts!.changed).toBe(first.counts!.rows);
    expect(await imports.issues(school.information, first.id)).toEqual([]);
    expect(await versions(school)).toBe(before);
  });

  it('is written, and history names batch, sheet and cell', async () => {
    const done = await imports.committed(school.information, first.id);
    expect(done.counts).toEqual(first.counts);
    const stages = await records.service.rows(
      `select stage, count(*)::int as n from teacher where org_path = $1 group by stage`,
      [school.path],
    );
    expect(stages).toEqual([{ stage: 'complete', n: 30 }]);
    const [version] = await records.service.rows<{ via: object; changed_keys: string[] }>(
      `select v.via, v.changed_keys from entry_version v where v.org_path = $1 and v.section = 'contact' limit 1`,
      [school.path],
    );
    expect(version!.changed_keys.sort()).toEqual(['address', 'email', 'mobile']);
    expect(version!.via).toMatchObject({
      kind: 'import',
      importId: first.id,
      sheet: '联系方式',
      cells: { mobile: expect.stringMatching(/^E\d+$/) as string },
    });
    const left = await records.service.rows(`select 1 from upload_chunk where import_id = $1`, [first.id]);
    expect(left).toEqual([]);
  });

  it('tells reporting once per batch and nobody by name', async () => {
    const told = await records.service.rows<{ payload: { teachers: object[] } }>(
      `select payload from outbox where subject = 'evt.records.teachers-imported' and org_path = $1`,
      [school.path],
    );
    expect(told.length).toBeLessThanOrEqual(Math.ceil(teachers.length / peopleAtOnce));
    expect(told.flatMap((each) => each.payload.teachers)).toHaveLength(30);
    expect(JSON.stringify(told)).not.toContain(teachers[0]!.name);
  });

  it('changes nothing when another program saved the same content', async () => {
    const before = await versions(school);
    const again = await imports.checked(school.information, await resaved(clean));
    expect(again.counts).toMatchObject({
      added: 0,
      changed: 0,
      valuesChanged: 0,
      findings: 0,
      unchanged: first.counts!.rows,
    });
    await imports.committed(school.information, again.id);
    expect(await versions(school)).toBe(before);
  });

  it('changes exactly three values when three cells were edited', async () => {
    const before = await versions(school);
    const three = await edited(clean, [
      { sheet: '联系方式', cell: 'E5', value: '13905781234' },
      { sheet: '年度考核', cell: 'E2', value: '丽水市教育局' },
      { sheet: '国内培训', cell: 'H3', value: 77 },
    ]);
    const checked = await imports.checked(school.information, three);
    expect(checked.counts).toMatchObject({ added: 0, changed: 3, valuesChanged: 3, findings: 0 });
    await imports.committed(school.information, checked.id);
    expect(await versions(school)).toBe(before + 3);
  });

  it('is listed for its own school and those above', async () => {
    const own = await records.service.ask(listImports, { limit: 2 }, school.information);
    expect(own.items).toHaveLength(2);
    expect(own.items[0]!.organisationName).toMatch(/学校|小学/);
    expect(own.page.total).toBe(3);
    const rest = await records.service.ask(listImports, { limit: 2, cursor: own.page.next }, school.information);
    expect(rest.items.map((each) => each.id)).toEqual([first.id]);
    const above = await records.service.ask(listImports, {}, aCaller('informationAdministrator', county));
    expect(above.items.map((each) => each.id)).toContain(first.id);
    const neighbour = await records.school();
    expect((await records.service.ask(listImports, {}, neighbour.information)).items).toEqual([]);
  });

  it('is nobody else’s business', async () => {
    const neighbour = await records.school();
    await expect(imports.read(neighbour.information, first.id)).rejects.toMatchObject(importRefusals.notFound({}));
    await expect(imports.issues(neighbour.information, first.id)).rejects.toMatchObject(importRefusals.notFound({}));
    await expect(imports.read(aCaller('informationAdministrator', county), first.id)).resolves.toMatchObject({
      id: first.id,
    });
    await expect(imports.read(school.principal, first.id)).rejects.toMatchObject({ body: { kind: 'forbidden' } });
  });

  it('says nothing about teachers of another school', async () => {
    const neighbour = await records.school();
    const { counts, id } = await imports.checked(neighbour.information, await makeCleanWorkbook(teachers.slice(0, 2)));
    expect(counts).toMatchObject({ teachers: 0, added: 0, changed: 0, errors: 2 });
    const issues = await imports.issues(neighbour.information, id);
    expect(issues.map((each) => each.code)).toEqual(['unknown_person', 'unknown_person']);
  });
});

describe('the workbook with 37 mistakes', () => {
  it('yields exactly the 37, paged, and its good rows are written', async () => {
    const school = await records.school();
    const elsewhere = await records.school();
    const others = sampleTeachers(60, 'mistakes');
    expect(others).toHaveLength(60);
    const { file, expected } = await makeMistakesWorkbook('mistakes');
    await imports.registerAll(school, others);
    await imports.registerAll(elsewhere, [teacherElsewhere()]);
    const checked = await imports.checked(school.information, file);
    const issues = await imports.issues(school.information, checked.id);
    expect(issues.map(({ sheet, row, column, code }) => ({ sheet, row, column, code }))).toEqual(expected);
    expect(checked.counts).toMatchObject({ findings: 37 });
    const done = await imports.committed(school.information, checked.id);
    expect(done.counts!.rows).toBe(
      done.counts!.added + done.counts!.changed + done.counts!.bad + done.counts!.unchanged,
    );
    expect(done.counts!.bad).toBeGreaterThan(30);
    expect(await versions(school)).toBeGreaterThan(done.counts!.added);
  });
});

describe('a file that is not to be taken', () => {
  it.each([
    ['a zip bomb', zipBomb, workbookRefusals.inflatesTooFar.code],
    ['an encrypted workbook', encryptedWorkbook, workbookRefusals.encrypted.code],
    ['a renamed .xlsm', renamedMacroWorkbook, workbookRefusals.hasMacros.code],
    ['a truncated file', () => truncated(clean), workbookRefusals.truncated.code],
    ['a million blank rows', millionBlankRows, workbookRefusals.tooManyRows.code],
    ['sixteen thousand columns', sixteenThousandColumns, workbookRefusals.tooManyColumns.code],
  ])('%s is refused at once, in words, and the service goes on', async (_, make, code) => {
    const school = await records.school();
    await expect(imports.upload(school.information, make())).rejects.toMatchObject({ body: { code } });
    const [row] = await records.service.rows<{ state: string; failure: { code: string } }>(
      `select state, failure from import where org_path = $1`,
      [school.path],
    );
    expect(row).toMatchObject({ state: 'failed', failure: { code } });
  });

  it('is asked for again when pieces of it are missing', async () => {
    const school = await records.school();
    const { importId } = await records.service.ask(beginImport, { fileName: 'a.xlsx', size: 10 }, school.information);
    await expect(records.service.ask(startImport, { importId }, school.information)).rejects.toMatchObject({
      body: { code: importRefusals.chunkMissing.code, facts: { missing: 10 } },
    });
  });
});

describe('the job', () => {
  it('stops with the reason when the account has lost its post', async () => {
    const school = await records.school();
    imports.ended.add(school.information.postId);
    const { id } = await imports.upload(school.information, clean);
    const failed = await imports.until(school.information, id, 'failed');
    expect(failed.failure).toMatchObject({ code: identityRefusals.sessionEnded.code });
  });

  it('goes on after the last batch it wrote when its worker died', async () => {
    const school = await records.school();
    const people = sampleTeachers(peopleAtOnce + 3, 'crash');
    await imports.registerAll(school, people);
    const { id } = await imports.checked(school.information, await makeCleanWorkbook(people, 1));
    // what a worker leaves behind that was killed after its first batch
    await records.service.rows(
      `update import set state = 'committing', done_people = $2, lease_owner = gen_random_uuid(), lease_until = now() - interval '1 second'
       where id = $1`,
      [id, peopleAtOnce],
    );
    await imports.until(school.information, id, 'committed');
    const stages = await records.service.rows(
      `select stage, count(*)::int as n from teacher where org_path = $1 group by stage order by stage`,
      [school.path],
    );
    expect(stages).toEqual([
      { stage: 'complete', n: 3 },
      { stage: 'not-started', n: peopleAtOnce },
    ]);
  });

  it('lets go of a file nobody committed', async () => {
    const other = await records.school();
    const { id } = await imports.checked(other.information, await makeCleanWorkbook(teachers.slice(0, 1)));
    await records.service.rows(`update import set created_at = now() - interval '8 days' where id = $1`, [id]);
    const worker = await importWorker(records.service.running.app);
    const expired = await imports.until(other.information, id, 'failed');
    await worker();
    expect(expired.failure).toMatchObject({ code: importRefusals.expired.code });
    expect(await records.service.rows(`select 1 from upload_chunk where import_id = $1`, [id])).toEqual([]);
  });
});

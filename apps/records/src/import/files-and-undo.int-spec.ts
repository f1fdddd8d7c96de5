import {
  annotateImport,
  fileChunkBytes,
  identityRefusals,
  importRefusals,
  listImportRows,
  mendImport,
  readPrefilledWorkbook,
  recordsRefusals,
  Refusal,
  undoImport,
  type FileChunk,
} from '@shidang/contracts';
import { makeCleanWorkbook, makeMistakesWorkbook, sampleTeachers, teacherElsewhere } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import ExcelJS from 'exceljs';
import { aCaller, county, RecordsSuite, type School } from '../records.testing';
import { ImportSuite } from './import.testing';

jest.setTimeout(180_000);

let records: RecordsSuite;
let imports: ImportSuite;

beforeAll(async () => {
  records = await RecordsSuite.start();
  imports = new ImportSuite(records);
  await imports.answerRenewals(() => identityRefusals.sessionEnded({}));
});

afterAll(() => records?.stop());

const laterOnly = (error: unknown): false => {
  if (error instanceof Refusal && error.body.kind === 'unavailable') return false;
  throw error;
};

/** All pieces of a file, as the gateway takes them. */
async function whole(ask: (offset: number) => Promise<FileChunk>): Promise<{ bytes: Buffer; fileName: string }> {
  const pieces: Buffer[] = [];
  for (let offset: number | undefined = 0; ;) {
    const at: number = offset;
    // a client asks again when it is told that the file is being made
    const chunk: FileChunk = await eventually(() => ask(at).catch(laterOnly), 'the file is made', {
      timeout: 90_000,
      every: 500,
    });
    pieces.push(Buffer.from(chunk.bytes, 'base64'));
    if (chunk.next === undefined) return { bytes: Buffer.concat(pieces), fileName: chunk.fileName };
    offset = chunk.next;
  }
}

const annotated = (school: School, importId: string) =>
  whole((offset) => records.service.ask(annotateImport, { importId, offset }, school.information));

/** Without the lists of permitted values: exceljs makes an entry of each cell they are for, and nobody reads them here. */
async function opened(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer, { ignoreNodes: ['dataValidations'] });
  return workbook;
}

/** Cells that are red, and those that carry a note. */
function marked(workbook: ExcelJS.Workbook): { red: string[]; noted: string[] } {
  const found = { red: [] as string[], noted: [] as string[] };
  workbook.eachSheet((sheet) =>
    sheet.eachRow({ includeEmpty: false }, (row) =>
      row.eachCell({ includeEmpty: true }, (cell) => {
        const { fill } = cell;
        if (fill?.type === 'pattern' && fill.fgColor?.argb === 'FFFFC7CE')
          found.red.push(`${sheet.name}!${cell.address}`);
        if (cell.note) found.noted.push(`${sheet.name}!${cell.address}`);
      }),
    ),
  );
  return found;
}

describe('the file with red cells', () => {
  it('is the same workbook, exactly the wrong cells red with notes, and is taken again', async () => {
    const school = await records.school();
    const elsewhere = await records.school();
    const { file, expected } = await makeMistakesWorkbook('red');
    await imports.registerAll(school, sampleTeachers(60, 'red'));
    await imports.registerAll(elsewhere, [teacherElsewhere()]);
    const checked = await imports.checked(school.information, file);
    const { bytes, fileName } = await annotated(school, checked.id);
    expect(fileName).toBe('教师-标红.xlsx');
    const cells = expected.map(({ sheet, row, column }) => `${sheet}!${column}${row}`).sort();
    const workbook = await opened(bytes);
    expect(marked(workbook)).toEqual({ red: expect.anything() as string[], noted: expect.anything() as string[] });
    expect(marked(workbook).red.sort()).toEqual(cells);
    expect(marked(workbook).noted.sort()).toEqual(cells);

    const again = await imports.checked(school.information, bytes);
    const issues = await imports.issues(school.information, again.id, 50);
    expect(issues.map(({ sheet, row, column, code }) => ({ sheet, row, column, code }))).toEqual(expected);
    expect({ ...again.counts }).toEqual(checked.counts);
  });

  it('carries what was mended on screen; a mended file comes back clean', async () => {
    const school = await records.school();
    const teachers = sampleTeachers(3, 'carry');
    await imports.registerAll(school, teachers);
    const clean = await makeCleanWorkbook(teachers, 1);
    const checked = await imports.checked(school.information, clean);
    const cells = [
      { sheet: '工作经历', row: 2, column: 'G', value: '副校长 㛃䶮𬭊·' },
      { sheet: '联系方式', row: 3, column: 'E', value: '不是电话' },
    ];
    const after = await records.service.ask(mendImport, { importId: checked.id, cells }, school.information, {
      ifMatch: checked.etag,
    });
    expect(after.counts.findings).toBe(1);
    const { bytes } = await annotated(school, checked.id);
    const workbook = await opened(bytes);
    expect(marked(workbook).red).toEqual(['联系方式!E3']);
    expect(workbook.getWorksheet('工作经历')!.getCell('G2').value).toBe('副校长 㛃䶮𬭊·');
    workbook.getWorksheet('联系方式')!.getCell('E3').value = '13905781234';
    const mended = await imports.checked(school.information, Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(mended.counts).toMatchObject({ findings: 0, rows: checked.counts!.rows });
  });

  it('is larger than a piece when it must be, audited, and only for whoever sent it', async () => {
    const school = await records.school();
    const teachers = sampleTeachers(200, 'memory');
    const checked = await imports.checked(school.information, await makeCleanWorkbook(teachers, 4));
    const { bytes } = await annotated(school, checked.id);
    expect(bytes.length).toBeGreaterThan(fileChunkBytes);
    const audits = await records.service.rows<{ n: number }>(
      `select count(*)::int as n from audit_event where what = 'records.import.annotate' and object = $1`,
      [`import:${checked.id}`],
    );
    expect(audits[0]!.n).toBe(1);
    const above = aCaller('informationAdministrator', county);
    await expect(records.service.ask(annotateImport, { importId: checked.id }, above)).rejects.toMatchObject(
      importRefusals.notFound({}),
    );
  });
});

describe('an import taken back', () => {
  it('leaves the records as they were, but what was touched since', async () => {
    const school = await records.school();
    const teachers = sampleTeachers(4, 'undo');
    await imports.registerAll(school, teachers);
    const content = () =>
      records.service.rows(
        `select e.section, e."values" - array['x'] as v, t.stage from entry e join teacher t on t.id = e.teacher_id
         where e.org_path = $1 and not e.removed order by e.id`,
        [school.path],
      );
    const before = await content();
    const checked = await imports.checked(school.information, await makeCleanWorkbook(teachers, 1));
    const done = await imports.committed(school.information, checked.id);
    expect(done.counts).toMatchObject({ teachersTouched: 4, bad: 0 });
    const [touched] = await records.service.rows<{ id: string }>(`select id from teacher where org_path = $1 limit 1`, [
      school.path,
    ]);
    const contact = await records.section(school.information, touched!.id, 'contact');
    await records.fillSingle(school.information, touched!.id, 'contact', { email: 'later@example.cn' });
    const submitted = await records.service.rows<{ id: string }>(
      `select id from teacher where org_path = $1 and id <> $2 order by id limit 1`,
      [school.path, touched!.id],
    );
    await records.submit(school.information, submitted[0]!.id);

    await records.service.ask(undoImport, { importId: checked.id }, school.information);
    const undone = await imports.until(school.information, checked.id, 'undone');
    const [{ n } = { n: 0 }] = await records.service.rows<{ n: number }>(
      `select count(*)::int as n from entry where teacher_id = $1 and not removed`,
      [submitted[0]!.id],
    );
    expect(undone.undone).toMatchObject({ teachersUndone: 3, kept: n + 1, restored: 5 });
    expect(undone.undone!.removed + undone.undone!.restored + undone.undone!.kept).toBe(
      done.counts!.added + done.counts!.changed,
    );
    const stages = await records.service.rows(
      `select stage, count(*)::int as n from teacher where org_path = $1 group by stage order by stage`,
      [school.path],
    );
    expect(stages).toEqual([
      { stage: 'complete', n: 1 },
      { stage: 'draft', n: 1 },
      { stage: 'not-started', n: 2 },
    ]);
    expect((await records.section(school.information, touched!.id, 'contact')).entries[0]!.values).toMatchObject({
      email: expect.stringContaining('@') as string,
    });
    expect(contact.entries).toHaveLength(1);
    const trail = await records.service.rows<{ concerns: string; org_path: string; fields: string[] | null }>(
      `select concerns, org_path, fields from audit_event where what = 'records.import.undo' and object = $1 and concerns like 'teacher:%'`,
      [`import:${checked.id}`],
    );
    expect(trail).toHaveLength(3);
    for (const { org_path: path, fields } of trail) {
      expect(path).toBe(school.path);
      expect(fields).toEqual(expect.arrayContaining([expect.stringMatching(/^[a-zA-Z]+\.[a-zA-Z]+$/)]));
    }
    const after = await content();
    expect([before.length, n, after.length]).toEqual([8, n, 6 + n]);
    // asked again it is answered as it is
    const again = await records.service.ask(undoImport, { importId: checked.id }, school.information);
    expect(again).toMatchObject({ state: 'undone', undone: undone.undone });
  });

  it('is refused before it was imported, and to anybody else', async () => {
    const school = await records.school();
    const teachers = sampleTeachers(1, 'early');
    await imports.registerAll(school, teachers);
    const checked = await imports.checked(school.information, await makeCleanWorkbook(teachers, 1));
    await expect(records.service.ask(undoImport, { importId: checked.id }, school.information)).rejects.toMatchObject({
      body: { code: importRefusals.wrongState.code },
    });
    const above = aCaller('informationAdministrator', county);
    await expect(records.service.ask(undoImport, { importId: checked.id }, above)).rejects.toMatchObject(
      importRefusals.notFound({}),
    );
  });
});

describe('the prefilled workbook', () => {
  const prefilled = (school: School) =>
    whole((offset) =>
      records.service.ask(readPrefilledWorkbook, { organisation: school.code, offset }, school.information),
    );

  it('holds everybody with what is known, and changes nothing when it comes back as it is', async () => {
    const school = await records.school();
    const teachers = sampleTeachers(5, 'prefilled');
    await imports.registerAll(school, teachers);
    const first = await imports.checked(school.information, await makeCleanWorkbook(teachers.slice(0, 3), 2));
    const done = await imports.committed(school.information, first.id);
    const { bytes, fileName } = await prefilled(school);
    expect(fileName).toContain(school.code);
    const workbook = await opened(bytes);
    expect(workbook.getWorksheet('基本信息')!.actualRowCount).toBe(6);
    const numbers = workbook.getWorksheet('联系方式')!.getColumn(1).values;
    expect(numbers).toEqual(expect.arrayContaining(teachers.map((each) => each.document.number)));
    const again = await imports.checked(school.information, bytes);
    expect(again.counts).toMatchObject({ added: 0, changed: 0, valuesChanged: 0, teachers: 5 });
    expect(again.counts!.unchanged).toBeGreaterThanOrEqual(done.counts!.rows);
    const audits = await records.service.rows<{ reason: string }>(
      `select reason from audit_event where what = 'records.workbook.prefilled' and object = $1 and reason is not null`,
      [`organisation:${school.code}`],
    );
    expect(audits).toEqual([{ reason: '导出预填工作簿 5 人' }]);
  });

  it('is made for one’s own schools only', async () => {
    const school = await records.school();
    const neighbour = await records.school();
    const asked = records.service.ask(
      readPrefilledWorkbook,
      { organisation: neighbour.code, offset: 0 },
      school.information,
    );
    await expect(asked).rejects.toMatchObject(recordsRefusals.organisationNotFound({}));
  });

  it('rows that only say whose they are do not count', async () => {
    const school = await records.school();
    const teachers = sampleTeachers(1, 'who');
    await imports.registerAll(school, teachers);
    const { bytes } = await prefilled(school);
    const checked = await imports.checked(school.information, bytes);
    const sheet = await records.service.ask(
      listImportRows,
      { importId: checked.id, sheet: '工作经历' },
      school.information,
    );
    expect(sheet.items).toEqual([]);
  });
});

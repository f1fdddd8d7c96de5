import {
  commonRefusals,
  identityRefusals,
  importRefusals,
  listImportCauses,
  listImportRows,
  listImportSheets,
  mendImport,
  readHistory,
  replaceInImport,
  undoMend,
  type ImportMended,
  type ImportView,
} from '@shidang/contracts';
import {
  edited,
  makeCleanWorkbook,
  makeMistakesWorkbook,
  sampleRecord,
  sampleTeachers,
  teacherElsewhere,
} from '@shidang/seed';
import { aCaller, county, RecordsSuite, type School } from '../../records.testing';
import { ImportSuite } from '../import.testing';

jest.setTimeout(120_000);

let records: RecordsSuite;
let imports: ImportSuite;

beforeAll(async () => {
  records = await RecordsSuite.start();
  imports = new ImportSuite(records);
  await imports.answerRenewals(() => identityRefusals.sessionEnded({}));
});

afterAll(() => records?.stop());

const mend = (
  school: School,
  at: { id?: string; importId?: string; etag: string },
  cells: [string, string, string][],
) =>
  records.service.ask(
    mendImport,
    {
      importId: at.id ?? at.importId!,
      cells: cells.map(([sheet, cell, value]) => ({
        sheet,
        column: cell.replace(/\d+/, ''),
        row: Number(cell.replace(/\D+/, '')),
        value,
      })),
    },
    school.information,
    { ifMatch: at.etag },
  );

const causes = (school: School, importId: string) =>
  records.service.ask(listImportCauses, { importId }, school.information);

describe('the workbook with 37 mistakes, on screen', () => {
  const teachers = sampleTeachers(60, 'mend');
  let school: School;
  let checked: ImportView;
  let expected: readonly { sheet: string; row: number; column?: string; code: string }[];
  let now: { importId: string; etag: string };

  beforeAll(async () => {
    school = await records.school();
    const elsewhere = await records.school();
    const made = await makeMistakesWorkbook('mend');
    expected = made.expected;
    await imports.registerAll(school, teachers);
    await imports.registerAll(elsewhere, [teacherElsewhere()]);
    checked = await imports.checked(school.information, made.file);
    now = { importId: checked.id, etag: checked.etag };
  });

  it('groups its findings by cause, all of them', async () => {
    const { causes: found, total } = await causes(school, checked.id);
    expect(found.reduce((sum, each) => sum + each.count, 0)).toBe(37);
    expect(total).toBe(found.length);
    const good = found.find((each) => each.from === '非常好');
    expect(good).toMatchObject({ sheet: '基本信息', code: 'unknown_code', count: 1 });
    expect(JSON.stringify(found)).not.toMatch(/\d{17}[\dX]/);
  });

  it('says of what stands in one place what it is and whose, a number masked; nothing to others', async () => {
    const { causes: found } = await causes(school, checked.id);
    const wrong = found.find((each) => each.code === 'document_check_digit' && each.count === 1)!;
    expect(wrong.shown).toMatch(/^\d{6}\*{8}.{4}$/);
    expect(teachers.map(({ name }) => name)).toContain(wrong.person);
    const above = aCaller('informationAdministrator', county);
    const { causes: seen } = await records.service.ask(listImportCauses, { importId: checked.id }, above);
    expect(seen.length).toBe(found.length);
    expect(seen.filter((each) => each.shown !== undefined || each.person !== undefined)).toEqual([]);
  });

  it('shows its sheets, and rows with what is wrong in each', async () => {
    const { sheets } = await records.service.ask(listImportSheets, { importId: checked.id }, school.information);
    expect(sheets).toHaveLength(17);
    expect(sheets.reduce((sum, each) => sum + each.findings, 0)).toBe(37);
    const basic = sheets.find((each) => each.sheet === '基本信息')!;
    expect(basic.columns[0]).toMatchObject({ column: 'A', isPerson: true, isSensitive: true });
    const query = { importId: checked.id, sheet: '基本信息', with: 'errors', limit: 10 } as const;
    const first = await records.service.ask(listImportRows, query, school.information);
    expect(first.page).toMatchObject({ total: basic.rowsFound });
    const second = await records.service.ask(listImportRows, { ...query, cursor: first.page.next }, school.information);
    const shown = [...first.items, ...second.items].flatMap((row) =>
      row.findings.map((each) => [row.row, each.column]),
    );
    const planted = expected.filter((each) => each.sheet === '基本信息' && each.row > 1);
    expect(shown).toEqual(planted.map((each) => [each.row, each.column]));
  });

  it('judges a mended cell anew, and what follows from it', async () => {
    const { sheets } = await records.service.ask(listImportSheets, { importId: checked.id }, school.information);
    const column = sheets[0]!.columns.find((each) => each.indicator === 'workStartMonth')!.column;
    const wrong = expected.find((each) => each.column === column && each.code === 'required')!;
    const right = String(sampleRecord(teachers[0]!, 2).basic[0]!['workStartMonth']);
    const after = await mend(school, now, [['基本信息', `${column}${wrong.row}`, right]]);
    expect(after).toMatchObject({ changed: 1, undoable: 1, counts: { findings: 36 } });
    expect(after.rows[0]).toMatchObject({ row: wrong.row, findings: [] });
    expect(after.rows[0]!.cells).toContainEqual({ column, text: right, isMended: true });
    now = after;
    const worse = await mend(school, now, [['基本信息', `${column}${wrong.row}`, '何时']]);
    expect(worse).toMatchObject({ undoable: 2, counts: { findings: 37 } });
    expect(worse.rows[0]!.findings).toMatchObject([{ code: 'malformed_date' }]);
    now = worse;
  });

  it('takes changes back, the last first', async () => {
    const undo = () =>
      records.service.ask(undoMend, { importId: checked.id }, school.information, { ifMatch: now.etag });
    now = await undo();
    expect(now).toMatchObject({ undoable: 1, counts: { findings: 36 } });
    now = await undo();
    expect(now).toMatchObject({ undoable: 0, counts: { findings: 37 } });
    expect((now as ImportMended).counts).toEqual(checked.counts);
    await expect(undo()).rejects.toMatchObject({ body: { code: importRefusals.nothingToUndo.code } });
    const issues = await imports.issues(school.information, checked.id);
    expect(issues.map(({ sheet, row, column, code }) => ({ sheet, row, column, code }))).toEqual(expected);
  });

  it('mends all cells of a cause as one change', async () => {
    const { causes: found } = await causes(school, checked.id);
    const cause = found.find((each) => each.from === '非常好')!;
    const { sheet, column, code, from } = cause;
    const replacing = { importId: checked.id, sheet, column: column!, code, from: from!, to: '2-熟练' };
    const after = await records.service.ask(replaceInImport, replacing, school.information, { ifMatch: now.etag });
    expect(after).toMatchObject({ changed: 1, undoable: 1, counts: { findings: 36 } });
    now = after;
    await expect(
      records.service.ask(replaceInImport, replacing, school.information, { ifMatch: now.etag }),
    ).rejects.toMatchObject({ body: { code: importRefusals.nothingToReplace.code } });
  });

  it('finds the teacher again when the number is mended', async () => {
    const row = expected.find((each) => each.code === 'document_check_digit')!;
    const before = now as ImportMended;
    now = await mend(school, now, [[row.sheet, `${row.column}${row.row}`, teachers[5]!.document.number]]);
    const { counts } = now as ImportMended;
    expect(counts.findings).toBeLessThan(before.counts.findings);
    expect(counts.changed).toBe(before.counts.changed + 1);
  });

  it('refuses an old version, an unknown cell, and whoever did not upload it', async () => {
    await expect(mend(school, { ...checked }, [['基本信息', 'C2', '']])).rejects.toMatchObject({
      body: { code: commonRefusals.stale.code },
    });
    await expect(mend(school, now, [['基本信息', 'C999', '']])).rejects.toMatchObject({
      body: { code: importRefusals.cellUnknown.code },
    });
    const above = aCaller('informationAdministrator', county);
    await expect(
      records.service.ask(listImportRows, { importId: checked.id, sheet: '基本信息' }, above),
    ).rejects.toMatchObject(importRefusals.notFound({}));
  });

  it('is written with what was mended, and history says who mended it', async () => {
    const done = await imports.committed(school.information, checked.id);
    expect(done.counts).toEqual((now as ImportMended).counts);
    expect(done).toMatchObject({ hasFile: true, undoable: 0 });
    const [version] = await records.service.rows<{ teacher_id: string; mended: Record<string, string> }>(
      `select teacher_id, via->'mended' as mended from entry_version where org_path = $1 and via ? 'mended' and via->'mended' ? 'itAbility'`,
      [school.path],
    );
    expect(version!.mended).toEqual({ itAbility: school.information.accountId });
    const history = await records.service.ask(
      readHistory,
      { teacherId: version!.teacher_id, indicator: 'itAbility' },
      school.information,
    );
    expect(history.items[0]!.via).toMatchObject({
      kind: 'import',
      importId: checked.id,
      sheet: '基本信息',
      mended: { itAbility: school.information.accountId },
    });
  });
});

describe('a workbook without a good row', () => {
  it('is refused instead of being imported as nothing', async () => {
    const school = await records.school();
    const checked = await imports.checked(school.information, await makeCleanWorkbook(sampleTeachers(1, 'nobody'), 1));
    await expect(imports.committed(school.information, checked.id)).rejects.toMatchObject({
      body: { code: importRefusals.noGoodRow.code },
    });
    expect(await imports.read(school.information, checked.id)).toMatchObject({ state: 'checked' });
  });
});

describe('rows of two people', () => {
  it('change hands with their number, and only they are judged anew', async () => {
    const school = await records.school();
    const [one, other] = sampleTeachers(2, 'hands');
    await imports.registerAll(school, [one!, other!]);
    const clean = await makeCleanWorkbook([one!, other!], 1);
    const swapped = await edited(clean, [{ sheet: '工作经历', cell: 'A2', value: other!.document.number }]);
    const checked = await imports.checked(school.information, swapped);
    expect(checked.counts!.errors).toBeGreaterThan(0);
    const mended = await mend(school, checked, [['工作经历', 'A2', one!.document.number]]);
    expect(mended.counts).toMatchObject({ findings: 0, bad: 0, teachers: 2, teachersTouched: 2 });
    expect(mended.counts.rows).toBe(checked.counts!.rows);
  });
});

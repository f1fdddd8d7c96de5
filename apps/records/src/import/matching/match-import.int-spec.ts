import {
  commonRefusals,
  identityRefusals,
  importRefusals,
  listImportColumns,
  matchImportColumns,
  type ImportView,
  type SheetChoice,
} from '@shidang/contracts';
import { edited, makeCleanWorkbook, sampleTeachers } from '@shidang/seed';
import { aCaller, county, RecordsSuite, type School } from '../../records.testing';
import { ImportSuite } from '../import.testing';

jest.setTimeout(120_000);

const sheet = '联系方式';

describe('a workbook whose headers are not the template’s', () => {
  let records: RecordsSuite;
  let imports: ImportSuite;
  let school: School;
  let clean: Buffer;
  let changed: Buffer;
  let waiting: ImportView;
  const people = sampleTeachers(3, 'headers');

  beforeAll(async () => {
    records = await RecordsSuite.start();
    imports = new ImportSuite(records);
    await imports.answerRenewals(() => identityRefusals.sessionEnded({}));
    school = await records.school();
    await imports.registerAll(school, people);
    clean = await makeCleanWorkbook(people, 1);
    changed = await edited(clean, [
      { sheet, cell: 'E1', value: '手机联系方式' },
      { sheet, cell: 'H1', value: '小灵通' },
      { sheet, cell: 'H2', value: '05782345678' },
      { sheet, cell: 'H3', value: '05782345679' },
      { sheet, cell: 'I1', value: '空白列' },
    ]);
  });
  afterAll(() => records?.stop());

  const columns = (of: School, importId: string) =>
    records.service.ask(listImportColumns, { importId }, of.information);
  const match = (of: School, at: { id: string; etag: string }, sheets: SheetChoice[]) =>
    records.service.ask(matchImportColumns, { importId: at.id, sheets }, of.information, { ifMatch: at.etag });
  const mobile = { column: 'E', indicator: 'mobile' };

  it('is not asked about while every column is sure', async () => {
    const surely = await edited(clean, [
      { sheet, cell: 'A1', value: '身份证号码' },
      { sheet, cell: 'E1', value: '手机（必填）：' },
      { sheet, cell: 'F1', value: '电子邮箱' },
      { sheet, cell: 'I1', value: '空白列' },
    ]);
    const { id } = await imports.upload(school.information, surely);
    const checked = await imports.until(school.information, id, 'checked');
    expect(checked.counts).toMatchObject({ findings: 0, bad: 0, teachers: 3 });
    expect(checked.ignored).toBeUndefined();
  });

  it('waits, and shows what stands in each column and what it may be', async () => {
    const { id } = await imports.upload(school.information, changed);
    waiting = await imports.until(school.information, id, 'matching');
    expect(waiting.counts).toBeUndefined();
    const { sheets } = await columns(school, id);
    const contact = sheets.find((each) => each.sheet === sheet)!;
    expect(contact).toMatchObject({ section: 'contact', headerRow: 1, rows: 3, missing: [] });
    const [e, h, i] = ['E', 'H', 'I'].map((column) => contact.columns.find((each) => each.column === column)!);
    expect(e).toMatchObject({ isSure: false, why: 'similar', values: 3 });
    expect(e!.proposals).toContain('mobile');
    expect(h).toMatchObject({ title: '小灵通', isSure: false, why: 'unknown', values: 2, proposals: [] });
    expect(h!.samples).toEqual(['05*******78', '05*******79']);
    expect(i).toMatchObject({ isSure: true, why: 'empty', values: 0 });
    const shown = JSON.stringify(contact);
    for (const { document } of people) expect(shown).not.toContain(document.number);
    expect(contact.columns.find((each) => each.column === 'A')!.samples).toHaveLength(3);
    expect(contact.targets.map(({ indicator }) => indicator)).toEqual(
      expect.arrayContaining(['person.number', 'mobile', 'phone']),
    );
  });

  it('is nobody else’s to see or decide', async () => {
    const neighbour = await records.school();
    await expect(columns(neighbour, waiting.id)).rejects.toMatchObject(importRefusals.notFound({}));
    await expect(match(neighbour, waiting, [{ sheet, columns: [mobile] }])).rejects.toMatchObject(
      importRefusals.notFound({}),
    );
    const above = aCaller('informationAdministrator', county);
    await expect(records.service.ask(listImportColumns, { importId: waiting.id }, above)).rejects.toMatchObject(
      importRefusals.notFound({}),
    );
  });

  it.each([
    ['leaves a column open', { sheet, columns: [mobile] }, importRefusals.columnsUndecided.code],
    [
      'gives two columns one indicator',
      { sheet, columns: [mobile, { column: 'H', indicator: 'mobile' }] },
      importRefusals.columnTwice.code,
    ],
    [
      'names an indicator there is not',
      { sheet, columns: [mobile, { column: 'H', indicator: 'pager' }] },
      importRefusals.columnUnknown.code,
    ],
    [
      'names a column there is not',
      { sheet, columns: [mobile, { column: 'H' }, { column: 'Z' }] },
      importRefusals.columnUnknown.code,
    ],
    ['names a sheet there is not', { sheet: '别的', columns: [] }, importRefusals.columnUnknown.code],
    [
      'goes on without the number',
      { sheet, columns: [], without: ['person.number'] },
      importRefusals.columnUnknown.code,
    ],
  ] as [string, SheetChoice, string][])('a choice that %s is refused', async (_, choice, code) => {
    await expect(match(school, waiting, [choice])).rejects.toMatchObject({ body: { code } });
  });

  it('a choice on another version is refused', async () => {
    const stale = { id: waiting.id, etag: String(Number(waiting.etag) - 1) };
    await expect(match(school, stale, [{ sheet, columns: [mobile, { column: 'H' }] }])).rejects.toMatchObject({
      body: { kind: commonRefusals.stale.kind },
    });
  });

  it('goes on as chosen; what stays out is counted, listed and written into the audit', async () => {
    const going = await match(school, waiting, [{ sheet, columns: [mobile, { column: 'H' }] }]);
    expect(going.state).toBe('uploaded');
    const checked = await imports.until(school.information, waiting.id, 'checked');
    expect(checked.ignored).toEqual({ columns: 1, values: 2 });
    expect(checked.counts).toMatchObject({ bad: 0, findings: 1 });
    const issues = await imports.issues(school.information, waiting.id);
    expect(issues).toMatchObject([
      { sheet, row: 1, column: 'H', label: '小灵通', code: 'unknown_column', severity: 'warning' },
    ]);
    const [audit] = await records.service.rows<{ fields: string[]; reason: string }>(
      `select fields, reason from audit_event where what = 'records.import.match' and result = 'done' and object = $1`,
      [`import:${waiting.id}`],
    );
    expect(audit).toEqual({ fields: ['contact.mobile'], reason: `不导入 ${sheet}!H` });
    await imports.committed(school.information, waiting.id);
    const [version] = await records.service.rows<{ changed_keys: string[]; via: object }>(
      `select changed_keys, via from entry_version where org_path = $1 and section = 'contact' order by id desc limit 1`,
      [school.path],
    );
    expect(version!.changed_keys).toContain('mobile');
    expect(version!.via).toMatchObject({ cells: { mobile: expect.stringMatching(/^E\d$/) as string } });
  });

  it('is not asked about again by the same school, but by another', async () => {
    const again = await imports.upload(school.information, changed);
    const checked = await imports.until(school.information, again.id, 'checked');
    expect(checked).toMatchObject({ ignored: { columns: 1, values: 2 }, counts: { unchanged: checked.counts!.rows } });
    const neighbour = await records.school();
    const there = await imports.upload(neighbour.information, changed);
    await imports.until(neighbour.information, there.id, 'matching');
    const wider = await edited(changed, [
      { sheet, cell: 'J2', value: '331102198001010019' },
      { sheet, cell: 'K1', value: 2024 },
      { sheet, cell: 'K3', value: '13905781234' },
    ]);
    const other = await imports.upload(school.information, wider);
    await imports.until(school.information, other.id, 'matching');
    const contact = (await columns(school, other.id)).sheets.find((each) => each.sheet === sheet)!;
    const untitled = contact.columns.find((each) => each.column === 'J')!;
    expect(untitled).toMatchObject({ title: '', isSure: false, values: 1, samples: ['33**************19'] });
    expect(contact.columns.find((each) => each.column === 'K')).toMatchObject({ title: '2024', isSure: false });
  });

  it('says which required column is missing, and goes on without it when told', async () => {
    const assessment = '年度考核';
    const { id } = await imports.upload(
      school.information,
      await edited(clean, [{ sheet: assessment, cell: 'D1', value: '优良中差' }]),
    );
    const view = await imports.until(school.information, id, 'matching');
    const found = (await columns(school, id)).sheets.find((each) => each.sheet === assessment)!;
    expect(found.missing).toEqual(['result']);
    await expect(match(school, view, [{ sheet: assessment, columns: [{ column: 'D' }] }])).rejects.toMatchObject({
      body: { code: importRefusals.columnsUndecided.code },
    });
    await match(school, view, [{ sheet: assessment, columns: [{ column: 'D' }], without: ['result'] }]);
    const checked = await imports.until(school.information, id, 'checked');
    expect(checked.ignored).toMatchObject({ columns: 1 });
  });
});

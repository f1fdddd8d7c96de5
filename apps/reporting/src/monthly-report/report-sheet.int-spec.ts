import {
  acceptMonthlyReport,
  declareHeadCount,
  exportMonthlyReport,
  listCellRecords,
  openMonthlyReport,
  readMonthlyReport,
  readReportMonth,
  submitMonthlyReport,
  teacherRegistered,
  updateMonthlyReport,
  type CellValue,
  type MonthlyReportView,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import ExcelJS from 'exceljs';
import { aCaller, paths, refusalOf, RunningReporting } from '../reporting.testing';
import { monthInChina } from './china-day';

const city = aCaller(paths.city);
const county = aCaller(paths.county);
const otherCounty = aCaller(paths.otherCounty);
const month = monthInChina(new Date());
const typed: Record<string, CellValue> = {
  workGroup: true,
  workGroupDate: '2016-09-01',
  workPlan: false,
  trainingSessions: 2,
  authorityStaffTrained: 10,
  schoolStaffTrained: 30,
  schoolsCovered: 1,
  problems: '=1+1 不是公式',
  filledBy: '㛃·䶮',
  reviewedBy: '𬭊',
};
const sixMonthsAgo = '2016-05';

let reporting: RunningReporting;

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.foundTree();
  const known = () => reporting.rows(`select 1 from organisation`);
  await eventually(async () => (await known()).length === Object.keys(paths).length, 'the tree is known');
  for (const orgPath of [paths.school, paths.school, paths.otherSchool, paths.cityRun])
    await reporting.tell(teacherRegistered, {
      orgPath,
      teacherId: newId(),
      personId: newId(),
      schoolCode: orgPath.split('.').at(-2)!,
      category: 'primarySecondary',
      sex: '1',
      birthMonth: '1980-01',
      version: 1,
    });
  await eventually(
    async () => (await reporting.rows(`select 1 from teacher_state where org_path <> ''`)).length === 4,
    'four teachers are known',
  );
  const school = aCaller(paths.school);
  await reporting.ask(declareHeadCount, { code: school.orgCode, declared: 4 }, school, { ifMatch: '0' });
});
afterAll(() => reporting?.stop());

const cellsIn = (report: MonthlyReportView) => report.groups.flatMap((group) => group.cells);
const read = (reportId: string, who = city) => reporting.ask(readMonthlyReport, { reportId }, who);

async function submitted(who = county, about = month): Promise<MonthlyReportView> {
  const opened = await reporting.ask(openMonthlyReport, { month: about }, who);
  const filled = await reporting.ask(updateMonthlyReport, { reportId: opened.id, cells: typed }, who, {
    ifMatch: opened.etag,
  });
  return reporting.ask(submitMonthlyReport, { reportId: opened.id }, who, { ifMatch: filled.etag });
}
const accept = (report: MonthlyReportView) =>
  reporting.ask(acceptMonthlyReport, { reportId: report.id }, city, { ifMatch: report.etag });

async function workbookOf(reportId: string, who = city) {
  const file = await reporting.ask(exportMonthlyReport, { reportId }, who);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(file.bytes, 'base64') as unknown as ExcelJS.Buffer);
  const sheet = workbook.getWorksheet('月报表')!;
  const rows: ExcelJS.CellValue[][] = [];
  sheet.eachRow((row) => rows.push((row.values as ExcelJS.CellValue[]).slice(1)));
  return { file, sheet, rows, rowOf: (label: string) => rows.find((row) => row[1] === label)! };
}

beforeEach(async () => {
  await reporting.rows(`truncate monthly_report, report_sheet, report_record`);
});

describe('the sheet as a workbook', () => {
  it('of a county: title, month, every figure as a number, who filled and reviewed it', async () => {
    const report = await submitted();
    const { file, sheet, rows, rowOf } = await workbookOf(report.id, county);
    expect(file.fileName).toBe(`部署与启用月报表-莲都区教育局-${month}.xlsx`);
    expect(rows[0]![0]).toBe('部署与启用月报表');
    expect(rows[1]![0]).toContain('莲都区教育局（331102）');
    expect(sheet.getCell('A1').isMerged).toBe(true);
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', paperSize: 9, fitToWidth: 1 });
    for (const cell of cellsIn(report).filter(({ type }) => type === 'integer' || type === 'rate'))
      expect([cell.label.zh, rowOf(cell.label.zh)[3] ?? null]).toEqual([cell.label.zh, cell.total]);
    expect(rowOf('填报率')[3]).toBe(0);
    expect(rowOf('是否成立工作小组')[3]).toBe('是');
    expect(rowOf('工作小组成立日期')[3]).toEqual(new Date('2016-09-01T00:00:00Z'));
    const words = rows.flat().map(String).join('\n');
    expect(words).toContain('填表人：㛃·䶮　　审核人：𬭊');
    expect(words).toContain('=1+1 不是公式');
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
  });

  it('of the city: one column per county summed, the sum, and who is missing by name', async () => {
    await accept(await submitted());
    const report = await submitted(city);
    const { rows, rowOf } = await workbookOf(report.id);
    expect(rows[3]).toEqual(['类别', '指标', '口径说明', '丽水市教育局（本级）', '莲都区教育局', '合计']);
    expect(rowOf('已建账人数').slice(3)).toEqual([1, 2, 3]);
    expect(rows.flat().map(String).join('\n')).toContain('缺报（1 个，未计入合计）：青田县教育局');
    expect(rowOf('是否成立工作小组').slice(3)).toEqual(['是', '是', 2]);
    expect(report.rolledUp[0]!.figures).toMatchObject({ registered: 2, workGroup: true, filledBy: '㛃·䶮' });
  });

  it('is written alike each time, and out of scope is not there', async () => {
    const report = await submitted();
    const [one, other] = [await workbookOf(report.id), await workbookOf(report.id)];
    expect(one.file.etag).toBe(other.file.etag);
    const elsewhere = reporting.ask(exportMonthlyReport, { reportId: report.id }, otherCounty);
    expect(await refusalOf(elsewhere)).toBe('reporting.report_not_found');
  });
});

describe('one month', () => {
  it('shows the own report and everybody below, also who has not begun', async () => {
    await submitted();
    const seen = await reporting.ask(readReportMonth, { month }, city);
    expect(seen).toMatchObject({ month, dueOn: `${month}-25`, mayOpen: true });
    expect(seen.own).toBeUndefined();
    expect(seen.below.map(({ organisation, report, dueOn }) => [organisation.name, report?.stage, dueOn])).toEqual([
      ['莲都区教育局', 'submitted', `${month}-23`],
      ['青田县教育局', undefined, `${month}-23`],
    ]);
    expect(seen.below[0]!.report!.may).toEqual(['accept', 'return']);
    const own = await reporting.ask(readReportMonth, { month }, county);
    expect(own).toMatchObject({ mayOpen: false, own: { stage: 'submitted', may: [] }, below: [] });
  });

  it('of a school has nothing to open, of one to come neither', async () => {
    const school = await reporting.ask(readReportMonth, { month }, aCaller(paths.school));
    expect(school).toEqual({ month, late: false, mayOpen: false, below: [] });
    expect((await reporting.ask(readReportMonth, { month: '2999-01' }, county)).mayOpen).toBe(false);
  });

  it('is late for whoever has not opened it, the own report as those below', async () => {
    const seen = await reporting.ask(readReportMonth, { month: '2016-01' }, city);
    expect(seen).toMatchObject({ late: true, dueOn: '2016-01-25' });
    expect(seen.below.map(({ late }) => late)).toEqual([true, true]);
    expect((await reporting.ask(readReportMonth, { month: '2999-01' }, city)).late).toBe(false);
  });

  it('begins with what stays from month to month', async () => {
    await submitted(county, sixMonthsAgo);
    const opened = await reporting.ask(openMonthlyReport, { month }, county);
    const own = Object.fromEntries(cellsIn(opened).map((cell) => [cell.key, cell.own]));
    expect(own).toMatchObject({ workGroup: true, workGroupDate: '2016-09-01', filledBy: '㛃·䶮', reviewedBy: '𬭊' });
    expect([own['trainingSessions'], own['problems']]).toEqual([null, null]);
    expect(opened.may).toEqual(['fill', 'submit']);
  });
});

it('a figure of an open sheet opens the list as it is now, with those summed below', async () => {
  await accept(await submitted());
  const opened = await reporting.ask(openMonthlyReport, { month }, city);
  const list = (reportId: string) => reporting.ask(listCellRecords, { reportId, key: 'registered', limit: 50 }, city);
  const { items, page } = await list(opened.id);
  expect(page.total).toBe(3);
  expect(items.map(({ schoolName }) => schoolName).sort()).toEqual(['丽水市实验学校', '实验小学', '实验小学']);
  expect(cellsIn(await read(opened.id)).find(({ key }) => key === 'registered')?.total).toBe(3);
});

import {
  acceptMonthlyReport,
  declareHeadCount,
  listCellRecords,
  listMonthlyReports,
  openMonthlyReport,
  readMonthlyReport,
  recordChanged,
  recordEffective,
  restateMonthlyReport,
  returnMonthlyReport,
  submitMonthlyReport,
  teacherRegistered,
  updateMonthlyReport,
  type CellValue,
  type MonthlyReportView,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, paths, refusalOf, RunningReporting } from '../reporting.testing';
import { monthInChina } from './china-day';

const province = aCaller(paths.province);
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
  filledBy: '张三',
  reviewedBy: '李四',
};

let reporting: RunningReporting;
const effective: string[] = [];

const register = async (orgPath: string, took: boolean) => {
  const teacherId = newId();
  const about = { orgPath, teacherId };
  const schoolCode = orgPath.split('.').at(-2)!;
  const born = {
    personId: newId(),
    schoolCode,
    category: 'primarySecondary',
    sex: '1',
    birthMonth: '1980-01',
    version: 1,
  };
  await reporting.tell(teacherRegistered, { ...about, ...born });
  if (!took) return teacherId;
  const took1 = {
    submissionId: newId(),
    kind: 'first' as const,
    effectiveVersion: 1,
    version: 3,
    formalCode: true,
    facts: {},
  };
  await reporting.tell(recordEffective, { ...about, ...took1 });
  return teacherId;
};

const statesAre = (n: number) =>
  eventually(
    async () => (await reporting.rows(`select 1 from teacher_state where org_path <> ''`)).length === n,
    `${n} teachers are known`,
  );

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.foundTree();
  const known = () => reporting.rows(`select 1 from organisation`);
  await eventually(async () => (await known()).length === Object.keys(paths).length, 'the tree is known');
  for (let i = 0; i < 3; i++) effective.push(await register(paths.school, true));
  await register(paths.school, false);
  await register(paths.otherSchool, true);
  await register(paths.cityRun, true);
  await register(paths.cityRun, true);
  await statesAre(7);
  const school = aCaller(paths.school);
  await reporting.ask(declareHeadCount, { code: school.orgCode, declared: 6 }, school, { ifMatch: '0' });
});
afterAll(() => reporting?.stop());

const cellsOf = (report: MonthlyReportView) =>
  Object.fromEntries(report.groups.flatMap((group) => group.cells.map((cell) => [cell.key, cell.total])));
const read = (reportId: string, who = city, number?: number) =>
  reporting.ask(readMonthlyReport, { reportId, number }, who);

/** Opened, filled and submitted. */
async function submitted(who = county, about = month): Promise<MonthlyReportView> {
  const opened = await reporting.ask(openMonthlyReport, { month: about }, who);
  const filled = await reporting.ask(updateMonthlyReport, { reportId: opened.id, cells: typed }, who, {
    ifMatch: opened.etag,
  });
  return reporting.ask(submitMonthlyReport, { reportId: opened.id }, who, { ifMatch: filled.etag });
}
const accept = (report: MonthlyReportView, who = city) =>
  reporting.ask(acceptMonthlyReport, { reportId: report.id }, who, { ifMatch: report.etag });

describe('the monthly report of a county', () => {
  beforeEach(async () => {
    await reporting.rows(`truncate monthly_report, report_sheet, report_record`);
  });

  it('fills itself from the register; only the rest is typed', async () => {
    const opened = await reporting.ask(openMonthlyReport, { month }, county);
    expect(cellsOf(opened)).toMatchObject({ registered: 4, effective: 3, declared: 6, effectiveRate: 0.5, schools: 1 });
    expect(opened).toMatchObject({ stage: 'open', number: 0, shown: 0, missing: [], dueOn: `${month}-23` });
    const cheat = reporting.ask(updateMonthlyReport, { reportId: opened.id, cells: { effective: 99 } }, county, {
      ifMatch: opened.etag,
    });
    expect(await refusalOf(cheat)).toBe('reporting.cells_invalid');
    const early = reporting.ask(submitMonthlyReport, { reportId: opened.id }, county, { ifMatch: opened.etag });
    expect(await refusalOf(early)).toBe('reporting.cells_missing');
  });

  it('is frozen when submitted: figures, and the records behind each', async () => {
    const report = await submitted();
    expect(report).toMatchObject({ stage: 'submitted', number: 1, shown: 1 });
    await reporting.tell(recordChanged, { orgPath: paths.school, teacherId: effective[0]!, stage: 'left', version: 9 });
    await eventually(async () => {
      const [row] = await reporting.rows<{ status: string }>(`select status from teacher_state where teacher_id = $1`, [
        effective[0],
      ]);
      return row?.status === 'left';
    }, 'one has left');
    const later = await read(report.id);
    expect(cellsOf(later)).toEqual(cellsOf(report));
    const behind = await reporting.ask(listCellRecords, { reportId: report.id, key: 'effective' }, city);
    expect(behind.page.total).toBe(3);
    expect(behind.items.map((r) => r.teacherId).sort()).toEqual([...effective].sort());
    expect(behind.items[0]).toMatchObject({ schoolCode: '2133001234', status: 'effective', effectiveVersion: 1 });
    const firstPage = await reporting.ask(listCellRecords, { reportId: report.id, key: 'registered', limit: 3 }, city);
    const cursor = firstPage.page.next;
    const rest = await reporting.ask(
      listCellRecords,
      { reportId: report.id, key: 'registered', limit: 3, cursor },
      city,
    );
    expect([firstPage.items.length, rest.items.length, rest.page.next]).toEqual([3, 1, undefined]);
    await reporting.tell(recordChanged, {
      orgPath: paths.school,
      teacherId: effective[0]!,
      stage: 'effective',
      version: 10,
    });
  });

  it('the database itself refuses to change what is frozen', async () => {
    const report = await submitted();
    for (const change of [
      'update report_sheet set total = own',
      'delete from report_record',
      'update report_record set status = status',
    ]) {
      const attempt = reporting.service.work.as(county, async (_, sql) => void (await sql(change)));
      await expect(attempt).rejects.toThrow(/permission denied/);
    }
    expect((await read(report.id)).number).toBe(1);
  });

  it('a later change is a numbered restatement, never an overwrite', async () => {
    const accepted = await accept(await submitted());
    const opened = await reporting.ask(restateMonthlyReport, { reportId: accepted.id, reason: '漏报一人' }, county, {
      ifMatch: accepted.etag,
    });
    const filled = await reporting.ask(
      updateMonthlyReport,
      { reportId: opened.id, cells: { trainingSessions: 5 } },
      county,
      { ifMatch: opened.etag },
    );
    const second = await reporting.ask(submitMonthlyReport, { reportId: opened.id }, county, { ifMatch: filled.etag });
    expect(second).toMatchObject({ number: 2, shown: 2, stage: 'submitted' });
    expect(second.sheets).toMatchObject([{ number: 1 }, { number: 2, restatementReason: '漏报一人' }]);
    expect(cellsOf(await read(second.id, city, 1))['trainingSessions']).toBe(2);
    expect(cellsOf(second)['trainingSessions']).toBe(5);
  });

  it('comes back with words, is mended and submitted again; the returned sheet stays', async () => {
    const report = await submitted();
    const back = await reporting.ask(returnMonthlyReport, { reportId: report.id, reason: '培训人次有误' }, city, {
      ifMatch: report.etag,
    });
    expect(back).toMatchObject({ stage: 'returned', sheets: [{ number: 1, returnReason: '培训人次有误' }] });
    const again = await reporting.ask(submitMonthlyReport, { reportId: report.id }, county, { ifMatch: back.etag });
    expect(again).toMatchObject({ stage: 'submitted', number: 2 });
  });

  it('is told at every move', async () => {
    const report = await accept(await submitted());
    const told = await reporting.rows<{ stage: string }>(
      `select payload->>'stage' as stage from outbox where aggregate_id = $1 order by id`,
      [report.id],
    );
    expect(told.map((row) => row.stage)).toEqual(['open', 'submitted', 'accepted']);
  });

  it('is late after the due day', async () => {
    const [year, at] = month.split('-').map(Number) as [number, number];
    const before = at === 1 ? `${year - 1}-12` : `${year}-${String(at - 1).padStart(2, '0')}`;
    expect(await submitted(county, before)).toMatchObject({ late: true });
    const listed = await reporting.ask(listMonthlyReports, { month: before }, city);
    expect(listed.items).toMatchObject([{ organisation: { code: '331102' }, late: true, stage: 'submitted' }]);
  });

  it('what does not fit is refused', async () => {
    const report = await submitted();
    const stale = { ifMatch: '1' };
    expect(await refusalOf(reporting.ask(openMonthlyReport, { month }, county))).toBe('reporting.report_exists');
    expect(await refusalOf(reporting.ask(openMonthlyReport, { month: '2999-01' }, county))).toBe(
      'reporting.month_in_future',
    );
    expect(await refusalOf(reporting.ask(openMonthlyReport, { month }, aCaller('0.')))).toBe(
      'reporting.not_a_reporter',
    );
    expect(await refusalOf(reporting.ask(acceptMonthlyReport, { reportId: report.id }, city, stale))).toBe(
      'request.stale_version',
    );
    expect(await refusalOf(reporting.ask(acceptMonthlyReport, { reportId: report.id }, city))).toBe(
      'request.version_required',
    );
    expect(await refusalOf(accept(report, county))).toBe('reporting.not_yours_to_accept');
    expect(await refusalOf(accept(report, province))).toBe('reporting.not_yours_to_accept');
    expect(
      await refusalOf(accept(report, aCaller(paths.city, 'informationAdministrator', { personId: county.personId }))),
    ).toBe('reporting.not_yours_to_accept');
    expect(await refusalOf(read(report.id, otherCounty))).toBe('reporting.report_not_found');
    expect(await refusalOf(read(newId(), otherCounty))).toBe('reporting.report_not_found');
    expect(await refusalOf(read(report.id, city, 2))).toBe('reporting.report_not_found');
    const list = (key: string) => reporting.ask(listCellRecords, { reportId: report.id, key }, city);
    expect(await refusalOf(list('teacherAccounts'))).toBe('reporting.cell_not_found');
  });
});

describe('the roll-up of the city', () => {
  beforeEach(async () => {
    await reporting.rows(`truncate monthly_report, report_sheet, report_record`);
  });

  it('adds the frozen county sheets and its own for city-run schools, and names who is missing', async () => {
    const one = await accept(await submitted());
    await submitted(otherCounty);
    const report = await submitted(city);
    expect(report.missing).toMatchObject([
      { organisation: { code: '331121', name: '青田县教育局' }, stage: 'submitted' },
    ]);
    expect(report.rolledUp).toMatchObject([{ organisation: { code: '331102' }, reportId: one.id, number: 1 }]);
    expect(cellsOf(report)).toMatchObject({ effective: 3 + 2, registered: 4 + 2, trainingSessions: 4, workGroup: 2 });
    const own = report.groups.flatMap((g) => g.cells).find((cell) => cell.key === 'effective')?.own;
    expect(own).toBe(2);
    expect((await read(one.id, county)).stage).toBe('rolled-up');
    const behind = await reporting.ask(listCellRecords, { reportId: report.id, key: 'effective', limit: 50 }, city);
    expect(behind.page.total).toBe(5);
  });

  it('takes the accepted sheet of a county that is restating, and stays as it is afterwards', async () => {
    const first = await accept(await submitted());
    await reporting.ask(restateMonthlyReport, { reportId: first.id, reason: '漏报一人' }, county, {
      ifMatch: first.etag,
    });
    const report = await submitted(city);
    expect(report.rolledUp).toMatchObject([{ number: 1 }]);
    const open = await read(first.id, county);
    const second = await reporting.ask(submitMonthlyReport, { reportId: first.id }, county, { ifMatch: open.etag });
    await accept(second);
    expect((await read(report.id)).rolledUp).toMatchObject([{ number: 1 }]);
    expect(cellsOf(await read(report.id))).toEqual(cellsOf(report));
  });

  it('goes up into the report of the province with everything below', async () => {
    await accept(await submitted());
    await accept(await submitted(otherCounty));
    await accept(await submitted(city), province);
    const report = await reporting.ask(openMonthlyReport, { month }, province);
    expect(cellsOf(report)).toMatchObject({ effective: 6, registered: 7, schools: 3 });
    expect(report.missing).toEqual([]);
  });
});

import type { Caller } from '@shidang/access';
import { Refusal, type CellValue } from '@shidang/contracts';
import * as fc from 'fast-check';
import { isRealDay } from './china-day';
import { ownFigures, rolledUp, type Figures, type Register } from './figures';
import { cells, recordsBehind } from './form';
import { MonthlyReport } from './monthly-report.entity';
import { findingsOfSheet, findingsOfTyped } from './typed-cells';

const countyPath = '0.33.3311.331102.';
const caller = (orgPath: string, personId: string) => ({ orgPath, personId }) as Caller;
const county = caller(countyPath, 'a');
const city = caller('0.33.3311.', 'b');
const aReport = () => new MonthlyReport(countyPath, '2016-11', 23);
const inTime = new Date('2016-11-23T15:59:00Z');
const nextDay = new Date('2016-11-23T16:01:00Z');

const register = (over: Partial<Register> = {}): Register => ({
  records: [
    { status: 'effective', formal_code: true, n: 10 },
    { status: 'draft', formal_code: false, n: 5 },
    { status: 'school-returned', formal_code: false, n: 2 },
  ],
  accounts: [{ role: 'teacher', issued: 17, activated: 12 }],
  schools: 3,
  schoolsWithAccounts: 2,
  headCount: 20,
  ...over,
});
const complete: Record<string, CellValue> = {
  workGroup: true,
  workGroupDate: '2016-09-01',
  workPlan: false,
  trainingSessions: 2,
  authorityStaffTrained: 10,
  schoolStaffTrained: 30,
  schoolsCovered: 3,
  filledBy: '张三',
  reviewedBy: '李四',
};
const code = (run: () => unknown): string => {
  try {
    run();
    return 'was not refused';
  } catch (error) {
    if (error instanceof Refusal) return error.body.code;
    throw error;
  }
};

describe('the form of the monthly report (工作方案 六(三))', () => {
  test('keys are single, and every reference names a cell', () => {
    const keys = cells.map((cell) => cell.key);
    expect(new Set(keys).size).toBe(keys.length);
    const named = cells.flatMap((cell) =>
      cell.kind === 'rate' ? [cell.of, cell.over] : cell.kind === 'typed' ? [cell.neededWith, cell.atMost] : [],
    );
    expect(named.filter((key) => key !== undefined && !keys.includes(key))).toEqual([]);
  });

  test('figures come from the register; typed values never reach them', () => {
    const figures = ownFigures(register(), { effective: 9_999 } as Figures);
    expect(figures).toMatchObject({ effective: 10, entered: 17, returned: 2, formalCodes: 10, provisionalCodes: 7 });
    expect(figures).toMatchObject({ declared: 20, teacherAccounts: 17, teacherAccountsActivated: 12, principals: 0 });
    expect(findingsOfTyped({ effective: 9_999 }).map((f) => f.code)).toEqual(['reporting.cell_not_typed']);
  });

  test('rates are shares of the declared head count, null when nothing is declared', () => {
    expect(ownFigures(register(), {})['effectiveRate']).toBe(0.5);
    expect(ownFigures(register({ headCount: null }), {})['effectiveRate']).toBeNull();
  });

  test('the list behind a figure has the condition of the figure', () => {
    const listed = cells.filter((cell) => recordsBehind(cell)).map((cell) => cell.key);
    expect(listed).toEqual(expect.arrayContaining(['registered', 'effective', 'formalCodes', 'conflict']));
    expect(listed).not.toContain('teacherAccounts');
  });
});

describe('roll-up', () => {
  test('is arithmetic on the frozen sheets: numbers add, yes counts, rates are computed again', () => {
    const one = ownFigures(register(), complete);
    const other = ownFigures(register({ headCount: 60 }), { ...complete, workGroup: false });
    const total = rolledUp(one, [other]);
    expect(total).toMatchObject({ effective: 20, declared: 80, effectiveRate: 0.25, workGroup: 1, workPlan: 0 });
    expect(total).toMatchObject({ trainingSessions: 4, problems: null, filledBy: '张三' });
  });

  test('summing level by level gives what summing at once gives', () => {
    const sheet = fc
      .tuple(fc.nat(99), fc.nat(99), fc.option(fc.integer({ min: 1, max: 99 })), fc.boolean())
      .map(([n, sessions, headCount, workGroup]) =>
        ownFigures(register({ headCount, records: [{ status: 'effective', formal_code: true, n }] }), {
          ...complete,
          trainingSessions: sessions,
          workGroup,
        }),
      );
    fc.assert(
      fc.property(sheet, sheet, fc.array(sheet, { maxLength: 4 }), (province, own, counties) => {
        const byLevel = rolledUp(province, [rolledUp(own, counties)]);
        expect(byLevel).toEqual(rolledUp(province, [own, ...counties]));
      }),
    );
  });
});

describe('typed cells', () => {
  test.each([
    [{ trainingSessions: -1 }, 'reporting.cell_value'],
    [{ trainingSessions: 1.5 }, 'reporting.cell_value'],
    [{ trainingSessions: '3' }, 'reporting.cell_value'],
    [{ workGroup: 'yes' }, 'reporting.cell_value'],
    [{ workGroupDate: '2016-02-30' }, 'reporting.cell_value'],
    [{ problems: '长'.repeat(2_001) }, 'reporting.cell_value'],
    [{ nothing: 1 }, 'reporting.cell_not_typed'],
    [{ effectiveRate: 1 }, 'reporting.cell_not_typed'],
  ])('%# is refused', (values, expected) => {
    expect(findingsOfTyped(values as Figures).map((f) => f.code)).toEqual([expected]);
  });

  test('a day must exist', () => {
    expect(['2016-02-29', '2015-02-29', '2016-13-01', '2016-1-1'].map(isRealDay)).toEqual([true, false, false, false]);
  });

  test('a sheet is submitted when everything required is there and fits', () => {
    expect(findingsOfSheet(ownFigures(register(), complete))).toEqual([]);
    const keys = (over: Record<string, CellValue>) =>
      findingsOfSheet(ownFigures(register(), { ...complete, ...over })).map((f) => [f.field, f.code]);
    expect(keys({ filledBy: '  ' })).toEqual([['filledBy', 'reporting.cell_missing']]);
    expect(keys({ workGroupDate: null })).toEqual([['workGroupDate', 'reporting.cell_missing']]);
    expect(keys({ schoolsCovered: 4 })).toEqual([['schoolsCovered', 'reporting.cell_too_large']]);
    expect(keys({ workGroup: false, workGroupDate: null })).toEqual([]);
  });
});

describe('states: open → submitted → accepted / returned → rolled up', () => {
  const submitted = () => {
    const report = aReport();
    report.submit(county, inTime);
    return report;
  };

  test('the tier right above accepts or returns, nobody else', () => {
    expect(code(() => submitted().accept(caller('0.33.', 'c')))).toBe('reporting.not_yours_to_accept');
    expect(code(() => submitted().accept(county))).toBe('reporting.not_yours_to_accept');
    expect(code(() => submitted().accept(caller('0.33.3311.', 'a')))).toBe('reporting.not_yours_to_accept');
    const report = submitted();
    report.accept(city);
    expect(report).toMatchObject({ stage: 'accepted', acceptedNumber: 1 });
  });

  test('only the reporting organisation fills and submits', () => {
    expect(code(() => aReport().fill({ trainingSessions: 1 }, city))).toBe('reporting.not_the_reporter');
    expect(code(() => aReport().submit(city, inTime))).toBe('reporting.not_the_reporter');
  });

  test('after submission nothing is typed any more until it comes back', () => {
    const report = submitted();
    expect(code(() => report.fill({ trainingSessions: 1 }, county))).toBe('reporting.report_stage');
    report.sendBack(city);
    report.fill({ trainingSessions: 1, problems: null }, county);
    expect(report.typed).toEqual({ trainingSessions: 1 });
    expect(report.submit(county, inTime)).toBe(2);
  });

  test('a later change is a numbered restatement; the accepted sheet stays valid meanwhile', () => {
    const report = submitted();
    report.accept(city);
    report.rollUp();
    expect(report.stage).toBe('rolled-up');
    report.restate(county, '漏报一所学校');
    expect(report).toMatchObject({ stage: 'open', acceptedNumber: 1 });
    expect(report.submit(county, nextDay)).toBe(2);
    expect(report).toMatchObject({ acceptedNumber: 1, late: false });
  });

  test('the 23rd is the 23rd in China', () => {
    const late = aReport();
    late.submit(county, nextDay);
    expect([submitted().late, late.late]).toEqual([false, true]);
    expect([aReport().isLate(inTime), aReport().isLate(nextDay)]).toEqual([false, true]);
  });
});

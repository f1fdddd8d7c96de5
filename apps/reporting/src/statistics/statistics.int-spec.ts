import {
  exportStatistics,
  listStatisticsIndicators,
  readStatistics,
  recordEffective,
  teacherRegistered,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, paths, refusalOf, RunningReporting, schoolBelow } from '../reporting.testing';
import { indicators } from './indicators';

let reporting: RunningReporting;
const county = aCaller(paths.county);
const city = aCaller(paths.city, 'informationViewer');
const big = schoolBelow(paths.county, 77);

const effective = async (orgPath: string, sex: string, facts: Record<string, string | string[]> = {}) => {
  const about = { orgPath, teacherId: newId() };
  const born = {
    personId: newId(),
    schoolCode: orgPath.split('.').at(-2)!,
    category: 'primarySecondary',
    birthMonth: '1980-06',
  };
  await reporting.tell(teacherRegistered, { ...about, ...born, sex, version: 1 });
  const took = {
    submissionId: newId(),
    kind: 'first' as const,
    effectiveVersion: 1,
    version: 2,
    formalCode: true,
    facts,
  };
  await reporting.tell(recordEffective, { ...about, ...took });
};

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.foundTree();
  await reporting.rows(
    `insert into organisation values ($1, '大洋路小学', 'school', $2, '331102', 'primarySecondary', 1)`,
    [big.split('.').at(-2), big],
  );
  for (let i = 0; i < 3; i++) await effective(paths.school, '1', { 'teaching.stage': ['2', '3'] });
  for (let i = 0; i < 9; i++)
    await effective(paths.school, '2', {
      'basic.highestEducation': '21',
      'basic.marital': '2',
      'training.mode': ['1'],
    });
  for (let i = 0; i < 8; i++) await effective(big, i < 3 ? '1' : '2');
  await reporting.tell(teacherRegistered, {
    orgPath: big,
    teacherId: newId(),
    personId: newId(),
    schoolCode: big.split('.').at(-2)!,
    category: 'primarySecondary',
    sex: '1',
    birthMonth: '1990-01',
    version: 1,
  });
  const counted = async () =>
    Number(
      (await reporting.rows<{ n: string }>(`select count(*) n from teacher_state where status = 'effective'`))[0]!.n,
    );
  await eventually(async () => (await counted()) === 20, '20 records are effective');
});
afterAll(() => reporting?.stop());

const table = async (organisation: string, by: string, who = county) => {
  const { columns, rows, totals, total } = await reporting.ask(readStatistics, { organisation, by }, who);
  const shown = (cell: { n?: number; hidden?: string }) => cell.hidden ?? cell.n;
  return {
    columns: columns.map((column) => column.name),
    rows: Object.fromEntries(rows.map((row) => [row.organisation.code, [...row.cells, row.total].map(shown)])),
    totals: [...totals, total].map(shown),
  };
};

describe('one statistics table (工作方案 五(六))', () => {
  it('counts effective records of the organisations below by one coded indicator, small cells hidden', async () => {
    const { columns, rows, totals } = await table('331102', 'basic.sex');
    expect(columns).toEqual(['男', '女']);
    expect(rows['2133001234']?.[0]).toBe('<5');
    expect(rows[big.split('.').at(-2)!]?.[0]).toBe('<5');
    expect(totals).toEqual([6, 14, 20]);
  });

  it('inside the own school every number is shown', async () => {
    const { rows } = await table('2133001234', 'basic.sex', aCaller(paths.school, 'principal'));
    expect(rows).toEqual({ '2133001234': [3, 9, 12] });
  });

  it('a school seen from above is its row of the table above, hidden as there', async () => {
    const { rows } = await table('331102', 'basic.sex');
    const seen = await table('2133001234', 'basic.sex');
    expect(seen.rows['2133001234']).toEqual(rows['2133001234']);
    expect(seen.totals).toEqual(rows['2133001234']);
  });

  it('who has several codes is counted in each; records without a value stand in a column of their own', async () => {
    const mine = aCaller(paths.school, 'principal');
    expect(await table('2133001234', 'teaching.stage', mine)).toMatchObject({ totals: [3, 3, 9, 15] });
    expect(await table('2133001234', 'basic.highestEducation', mine)).toMatchObject({ totals: [9, 3, 12] });
    expect(await table('2133001234', 'basic.marital', mine)).toMatchObject({ totals: [9, 3, 12] });
    expect((await table('2133001234', 'basic.highestEducation', mine)).columns.at(-1)).toBe('未填');
  });

  it('every indicator that is offered answers, with its definition', async () => {
    const { items } = await reporting.ask(listStatisticsIndicators, {}, city);
    expect(items).toHaveLength(indicators.length);
    for (const { key } of items) {
      const answer = await reporting.ask(readStatistics, { organisation: '331100', by: key }, city);
      expect(answer.indicator.definition.zh).toContain('生效');
      expect(answer.rows.map((row) => row.organisation.code)).toEqual(['2133001999', '331102', '331121']);
    }
  });

  it('is read as a csv file', async () => {
    const file = await reporting.ask(exportStatistics, { organisation: '331102', by: 'basic.sex' }, county);
    expect(file.content.startsWith('\uFEFF莲都区教育局教师统计：基本信息·性别\r\n')).toBe(true);
    expect(file.content).toContain('大洋路小学');
  });

  it('is refused outside the scope, for unknown indicators, and to those who may not', async () => {
    expect(await refusalOf(reporting.ask(readStatistics, { organisation: '331121', by: 'basic.sex' }, county))).toBe(
      'reporting.organisation_not_found',
    );
    expect(await refusalOf(reporting.ask(readStatistics, { organisation: '331102', by: 'basic.idNo' }, county))).toBe(
      'reporting.indicator_not_found',
    );
    expect(await refusalOf(reporting.ask(readStatistics, { organisation: '331102', by: 'sex; drop' }, county))).toBe(
      'request.malformed',
    );
    const system = aCaller(paths.county, 'systemAdministrator');
    expect(await refusalOf(reporting.ask(readStatistics, { organisation: '331102', by: 'basic.sex' }, system))).toBe(
      'request.forbidden',
    );
  });
});

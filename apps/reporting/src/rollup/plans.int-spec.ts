import { countsQuery } from '../progress/counts-query';
import { rankingQuery } from '../progress/ranking-query';
import { teachersQuery } from '../progress/list-progress-teachers';
import { progressQuery } from '../progress/read-progress';
import { registerQuery } from '../monthly-report/register';
import { aCaller, RunningReporting } from '../reporting.testing';

import { indicatorOf } from '../statistics/indicators';
import { countQuery } from '../statistics/statistics-table';

const byCode = rankingQuery({ level: 'children', sort: 'code' });
const bySchool = rankingQuery({ level: 'schools', sort: 'effective' });

let reporting: RunningReporting;
const city = aCaller('0.33.3311.');
const province = aCaller('0.33.');

/** Scale l of one city among eleven: 99 counties, 9,900 schools, 30,000 teachers. */
beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.rows(`
    with tree as (
      select '0.33.' || c || '.' as city, '0.33.' || c || '.' || c || lpad(d::text, 2, '0') || '.' as county, c * 100 + d as code
      from generate_series(3301, 3311) c, generate_series(1, 9) d),
    schools as (select county, county || '2133' || lpad((code % 1000 * 100 + s)::text, 6, '0') || '.' as path from tree, generate_series(1, 100) s),
    founded as (
      insert into organisation
      select distinct split_part(county, '.', 4), '县', 'county', county, split_part(county, '.', 3) || '00', null, 1 from tree
      union all select distinct split_part(city, '.', 3) || '00', '市', 'city', city, '330000', null, 1 from tree
      union all select '330000', '省', 'province', '0.33.', '000000', null, 1
      union all select distinct split_part(path, '.', 5), '校', 'school', path, split_part(county, '.', 4), 'primarySecondary', 1 from schools
      on conflict do nothing)
    insert into rollup
    select path, county, 'status:' || m, 'primarySecondary', 3 from schools, unnest(array['draft', 'effective', 'complete', 'left']) m
    union all select county, city, 'status:' || m, 'primarySecondary', 300 from tree, unnest(array['draft', 'effective', 'complete', 'left']) m
    on conflict do nothing`);
  await reporting.rows(`
    insert into teacher_state (teacher_id, org_path, status)
    select gen_random_uuid(), org_path, (array['draft', 'effective', 'complete'])[1 + n % 3]
    from organisation, generate_series(1, 3) n where tier = 'school'`);
  await reporting.rows(`
    insert into account_state select gen_random_uuid(), 'teacher', code, org_path, true, true
    from organisation, generate_series(1, 3) where tier = 'school'`);
  await reporting.rows(`
    insert into head_count (school_code, org_path, declared, declared_at, rolled, rolled_declared)
    select code, org_path, 3, now(), 3, true from organisation where tier = 'school'`);
  await reporting.rows(
    `insert into movement select org_path, authority_path, max(moved_at) from teacher_state group by 1, 2`,
  );
  await reporting.rows(`analyze`);
});
afterAll(() => reporting?.stop());

const planOf = (caller: ReturnType<typeof aCaller>, query: string, params: unknown[]) =>
  reporting.service.work.read(caller, async (_, sql) => {
    const lines = await sql<{ 'QUERY PLAN': string }>(`explain (costs off) ${query}`, params);
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  });

describe('plans under row-level security at scale', () => {
  it('there is something to scan', async () => {
    const [counted] = await reporting.rows<{ teachers: number; rollup: number }>(
      `select (select count(*)::int from teacher_state) as teachers, (select count(*)::int from rollup) as rollup`,
    );
    expect(counted!.teachers).toBeGreaterThan(20_000);
    expect(counted!.rollup).toBeGreaterThan(30_000);
  });

  it.each([
    ['a dashboard reads one range of parents', byCode, ['331100', null, null, new Date(), '2026-11-23', 201]],
    ['a ranking of schools reads one range', bySchool, ['331101', null, null, new Date(), '2026-11-23', 201]],
    ['counts of children look by parent', countsQuery('children'), ['331100', '2026-11-23', 5_000]],
    ['counts of schools look by parent', countsQuery('schools'), ['331100', '2026-11-23', 5_000]],
    ['a figure reads its own rows', progressQuery, ['331101']],
    [
      'a list of teachers reads its own range',
      teachersQuery,
      [
        '0.33.3311.331101.',
        '0.33.3311.331101/',
        ['draft'],
        new Date(),
        '',
        '',
        '00000000-0000-0000-0000-000000000000',
        21,
      ],
    ],
    ['a monthly report reads its own schools', registerQuery, ['0.33.3311.331101.', '331101']],
    ['a statistics table reads its own range', countQuery(indicatorOf('basic.sex')!), ['0.33.3311.', '0.33.3311/', 10]],
  ])('%s, without a sequential scan', async (_, query, params) => {
    for (const caller of [city, province]) {
      const plan = await planOf(caller, query, params);
      expect(plan).not.toMatch(/Seq Scan on (rollup|teacher_state|organisation|account_state|head_count|movement)/);
      expect(plan).toMatch(/Index/);
    }
  });

  it('a dashboard of a province costs less than counting its teachers would, side by side', async () => {
    const timed = async (query: string, params: readonly unknown[]) => {
      const started = performance.now();
      await reporting.service.work.read(province, (_, sql) => sql(query, params));
      return performance.now() - started;
    };
    const ratios: number[] = [];
    for (let i = 0; i < 9; i++) {
      const dashboard = await timed(byCode, ['330000', null, null, new Date(), '2026-11-23', 201]);
      const counted = await timed(`select org_path, count(*) from teacher_state group by org_path`, []);
      ratios.push(dashboard / counted);
    }
    expect(ratios.sort((a, b) => a - b)[4]).toBeLessThan(1);
  });
});

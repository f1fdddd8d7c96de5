import {
  declareHeadCount,
  listProgressChildren,
  listProgressCounts,
  ProgressCounts,
  recordChanged,
  setCampaign,
  teacherRegistered,
  type RankedProgress,
} from '@shidang/contracts';
import { toPayload } from '@shidang/bus';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, paths, refusalOf, RunningReporting } from '../reporting.testing';
import { mostCounted } from './counts-query';

let reporting: RunningReporting;
const city = aCaller(paths.city);
const county = aCaller(paths.county);

type Level = 'children' | 'schools';
const counts = (level: Level, code = '331100', by = city) => reporting.ask(listProgressCounts, { code, level }, by);

async function register(orgPath: string, stage?: 'draft' | 'complete'): Promise<void> {
  const teacherId = newId();
  await reporting.tell(teacherRegistered, {
    ...{ orgPath, teacherId, personId: newId(), schoolCode: orgPath.split('.').at(-2)!, version: 1 },
    ...{ category: 'primarySecondary', sex: '2', birthMonth: '1985-12' },
  });
  if (stage) await reporting.tell(recordChanged, { orgPath, teacherId, stage, version: 2 });
}

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.foundTree();
  await eventually(
    async () => (await reporting.rows(`select 1 from organisation`)).length === Object.keys(paths).length,
    'the tree is known',
  );
  await register(paths.school);
  await register(paths.school, 'draft');
  await register(paths.otherSchool, 'complete');
  await reporting.ask(declareHeadCount, { code: '2133001234', declared: 10 }, aCaller(paths.school), {
    ifMatch: '"0"',
  });
  await eventually(async () => {
    const { items } = await reporting.ask(listProgressChildren, { code: '331100' }, city);
    const seen = items.map(({ figures, headCount }) => [figures.registered, figures.entered, headCount]);
    expect(seen).toEqual([
      [0, 0, undefined],
      [2, 1, 10],
      [1, 1, undefined],
    ]);
    return true;
  }, 'the figures are there');
  // a second category of the same status, and a name that JSON and SQL write differently
  await reporting.rows(
    `insert into rollup (org_path, parent, measure, category, n) values ($1, $2, 'status:draft', 'kindergarten', 4), ($2, $3, 'status:draft', 'kindergarten', 4)`,
    [paths.school, paths.county, paths.city],
  );
  await reporting.rows(`update organisation set name = $1 where org_path = $2`, [`实验"小学"\\㛃'`, paths.school]);
}, 60_000);
afterAll(() => reporting?.stop());

/** What an answer that is built and encoded says of the same organisations. */
const encoded = ({ organisation, headCount, statuses, figures, overdue }: RankedProgress) => ({
  ...{ code: organisation.code, name: organisation.name, overdue },
  ...(headCount === undefined ? {} : { headCount }),
  counts: [...statuses.map(({ n }) => n), figures.unregistered],
});

describe.each(['children', 'schools'] as const)('the counts of %s', (level) => {
  it('are what the ranking says, in the shape of the contract', async () => {
    const { items } = await reporting.ask(listProgressChildren, { code: '331100', level }, city);
    const answer = await counts(level);
    expect(items).toHaveLength(3);
    expect(answer.items).toEqual(items.map(encoded));
    expect(toPayload(ProgressCounts, answer)).toEqual(answer);
  });

  it('add up to the figures and turns by their legend', async () => {
    const { items } = await reporting.ask(listProgressChildren, { code: '331100', level }, city);
    const { columns, items: counted } = await counts(level);
    const sums = counted.map(({ counts: cells }) => {
      const sum = (of: (column: (typeof columns)[number]) => boolean) =>
        columns.reduce((total, column, at) => total + (of(column) ? cells[at]! : 0), 0);
      return {
        figures: Object.fromEntries(
          Object.keys(items[0]!.figures).map((figure) => [
            figure,
            sum(({ figures }) => figures.includes(figure as never)),
          ]),
        ),
        turns: items[0]!.turns.map(({ turn }) => ({ turn, n: sum((column) => column.turn === turn) })),
      };
    });
    expect(sums).toEqual(items.map(({ figures, turns }) => ({ figures, turns })));
  });

  it('know who is overdue, by the dates of the nearest authority', async () => {
    await reporting.ask(setCampaign, { startsOn: '2016-11-01', dueOn: '2016-12-10', closesOn: '2099-12-31' }, city, {
      ifMatch: '"0"',
    });
    await reporting.ask(setCampaign, { startsOn: '2016-11-01', dueOn: '2099-12-10', closesOn: '2099-12-31' }, county, {
      ifMatch: '"0"',
    });
    try {
      const { items } = await reporting.ask(listProgressChildren, { code: '331100', level }, city);
      const overdue = (await counts(level)).items.map((item) => item.overdue);
      expect(overdue).toEqual(items.map((item) => item.overdue));
      expect(new Set(overdue)).toEqual(new Set([true, false]));
    } finally {
      await reporting.rows(`delete from campaign`);
    }
  });

  it('are those of the caller’s own range alone', async () => {
    expect((await counts(level, '331102', county)).items.map(({ code }) => code)).toEqual(['2133001234']);
    for (const code of ['331100', '331121', '339999'])
      expect(await refusalOf(counts(level, code, county))).toBe('reporting.organisation_not_found');
    const teacher = aCaller(paths.school, 'teacher', { teacherId: newId() });
    expect(await refusalOf(counts(level, '2133001234', teacher))).toBe('request.forbidden');
  });

  it('of somebody above cannot be had through a row that is hung below one’s own', async () => {
    await reporting.rows(`update organisation set parent_code = '331102' where org_path = $1`, [paths.otherSchool]);
    await reporting.rows(`update rollup set parent = $1 where org_path = $2`, [paths.county, paths.otherSchool]);
    try {
      expect((await counts(level, '331102', county)).items.map(({ code }) => code)).toEqual(['2133001234']);
    } finally {
      await reporting.rows(`update organisation set parent_code = '331121' where org_path = $1`, [paths.otherSchool]);
      await reporting.rows(`update rollup set parent = $1 where org_path = $2`, [paths.otherCounty, paths.otherSchool]);
    }
  });

  it('of nobody below are an empty list', async () => {
    await reporting.rows(
      `insert into organisation (code, name, tier, org_path, version) values ('331181', '龙泉市', 'county', '0.33.3311.331181.', 1)`,
    );
    expect((await counts(level, '331181')).items).toEqual([]);
    await reporting.rows(`delete from organisation where code = '331181'`);
  });
});

it('more than fit one answer are refused with the number that does', async () => {
  await reporting.rows(
    `insert into organisation (code, name, tier, org_path, parent_code, version)
     select '21339' || lpad(n::text, 5, '0'), '示例小学', 'school', '0.33.3312.331202.21339' || lpad(n::text, 5, '0') || '.', '331202', 1 from generate_series(1, $1) n
     union all select '331202', '某县', 'county', '0.33.3312.331202.', '331200', 1`,
    [mostCounted + 1],
  );
  const province = aCaller(paths.province);
  const asked = counts('schools', '331202', province).then(
    () => undefined,
    (refused: { body: { code: string; kind: string; facts: object } }) => refused.body,
  );
  expect(await asked).toMatchObject({
    code: 'reporting.too_many_organisations',
    kind: 'invalid',
    facts: { most: mostCounted },
  });
  await reporting.rows(
    `delete from organisation where code = (select max(code) from organisation where parent_code = '331202')`,
  );
  expect((await counts('schools', '331202', province)).items).toHaveLength(mostCounted);
});

import {
  listProgressChildren,
  listProgressCounts,
  readProgress,
  teachersRegistered,
  type RankSort,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { sentApplying, sentBy } from '@shidang/testing';
import { aCaller, paths, RunningReporting } from './reporting.testing';

/** Gates of `performance.md`: round trips and statements of a dashboard, exactly. Time is the bench's. */
let reporting: RunningReporting;
const city = aCaller(paths.city);

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.rows(
    `insert into organisation (code, name, tier, org_path, parent_code, version) values ('331100', '丽水市', 'city', $1, '330000', 1)`,
    [paths.city],
  );
}, 60_000);
afterAll(() => reporting?.stop());

const counted = async (run: () => Promise<unknown>) => {
  const { trips, statements } = await sentBy(run);
  return { trips, statements: statements.length };
};

test.each([
  ['children', 'code'],
  ['schools', 'code'],
  ['schools', '-effective'],
] as ['children' | 'schools', RankSort][])(
  'a dashboard of %s by %s is one statement in one round trip',
  async (level, sort) => {
    const ask = () => reporting.ask(listProgressChildren, { code: '331100', level, sort }, city);
    expect(await counted(ask)).toEqual({ trips: 1, statements: 1 });
  },
);

test.each(['children', 'schools'] as const)(
  'the counts of all %s are one statement in one round trip',
  async (level) => {
    const ask = () => reporting.ask(listProgressCounts, { code: '331100', level }, city);
    expect(await counted(ask)).toEqual({ trips: 1, statements: 1 });
  },
);

test('the figures of one organisation are one statement in one round trip', async () => {
  expect(await counted(() => reporting.ask(readProgress, { code: '331100' }, city))).toEqual({
    trips: 1,
    statements: 1,
  });
});

test('an organisation without any below is an empty page, one that is not there is not found', async () => {
  const { items, page } = await reporting.ask(listProgressChildren, { code: '331100' }, city);
  expect([items, page.total]).toEqual([[], 0]);
  await expect(reporting.ask(listProgressChildren, { code: '339900' }, city)).rejects.toThrow();
});

test('newcomers are written once, in as many statements however many they are', async () => {
  const known = { sex: '1', birthMonth: '1980-01', version: 1 };
  for (const length of [2, 60]) {
    const teachers = Array.from({ length }, () => ({ teacherId: newId(), personId: newId(), ...known }));
    const list = { orgPath: paths.school, schoolCode: '2133001234', category: 'primarySecondary', teachers };
    const { trips, statements } = await sentApplying(
      reporting.service,
      'reporting-follow-records',
      teachersRegistered,
      list,
    );
    expect({ trips, statements: statements.length }).toEqual({ trips: 8, statements: 6 });
    expect(statements.filter((text) => /^\s*update teacher_state/.test(text))).toEqual([]);
  }
});

import { asAdmin } from '@shidang/dev';
import { requestChange } from '@shidang/contracts';
import { RecordsSuite, type School } from '../records.testing';

const tables = [
  'teacher',
  'gram',
  'entry',
  'entry_version',
  'submission',
  'submission_review',
  'effective_version',
  'change_request',
  'correction',
  'organisation',
];

type Settings = Partial<Record<'low' | 'high' | 'teacher' | 'account' | 'purpose', string>>;

describe('row-level security of records (A2)', () => {
  let suite: RecordsSuite;
  let school: School;
  let neighbour: School;
  let id: string;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    neighbour = await suite.school();
    id = (await suite.effectiveTeacher(school)).id;
    await suite.effectiveTeacher(neighbour);
    const [entry] = (await suite.section(school.information, id, 'education')).entries;
    const change = { teacherId: id, entryId: entry!.id, indicator: 'major', value: '音乐', reason: '更正专业' };
    await suite.service.ask(requestChange, change, school.information);
  }, 60_000);
  afterAll(() => suite.stop());

  /** Rows seen per table, as the application role on one connection, one transaction per round. */
  const seen = (...rounds: Settings[]): Promise<Record<string, number>[]> =>
    asAdmin(suite.service.database.appUrl, async (client) => {
      const counted: Record<string, number>[] = [];
      for (const settings of rounds) {
        await client.query('begin');
        for (const [name, value] of Object.entries(settings))
          await client.query(`select set_config($1, $2, true)`, [`shidang.${name}`, value]);
        const round: Record<string, number> = {};
        for (const table of tables) {
          const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from "${table}"`);
          round[table] = rows[0]!.n;
        }
        await client.query('commit');
        counted.push(round);
      }
      return counted;
    });

  const of = (path: string, teacher = '*'): Settings => ({ low: path, high: `${path.slice(0, -1)}/`, teacher });
  const nothing = Object.fromEntries(tables.map((table) => [table, 0]));

  test('settings that are unset, empty, or left over from a pooled connection give no row', async () => {
    const empty: Settings = { low: '', high: '', teacher: '', account: '', purpose: '' };
    const [unset, scoped, stale, emptied] = await seen({}, of(school.path), {}, empty);
    expect(unset).toEqual(nothing);
    expect(scoped).toMatchObject({ teacher: 1, submission: 2, change_request: 1, organisation: 1 });
    expect(stale).toEqual(nothing);
    expect(emptied).toEqual(nothing);
  });

  test('a school sees its own and nothing of the school beside it', async () => {
    const [own, other, both] = await seen(of(school.path), of(neighbour.path), of('0.33.3311.331102.'));
    for (const table of tables) expect(both![table]).toBe(own![table]! + other![table]!);
    expect(other).toMatchObject({ teacher: 1, change_request: 0 });
  });

  test('a teacher sees his own rows; without an id nobody’s', async () => {
    const [own, foreign, nobody] = await seen(of(school.path, id), of(neighbour.path, id), of(school.path, ''));
    expect(own).toMatchObject({ teacher: 1, change_request: 1 });
    expect(foreign).toEqual({ ...nothing, organisation: 1 });
    expect(nobody).toEqual({ ...nothing, organisation: 1 });
  });

  test('nothing is written outside the range, whatever the row says', async () => {
    const moved = asAdmin(suite.service.database.appUrl, async (client) => {
      await client.query('begin');
      for (const [name, value] of Object.entries(of(school.path)))
        await client.query(`select set_config($1, $2, true)`, [`shidang.${name}`, value]);
      await client.query(`update teacher set org_path = $1`, [neighbour.path]);
    });
    await expect(moved).rejects.toThrow('row-level security');
  });
});

import { createReviewBatch, findPosts, sendUpward, type CaseSummary } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { aSubmission, ReviewSuite, type School } from '../review.testing';

const tables = [
  'review_case',
  'case_decision',
  'upward_submission',
  'receipt_number',
  'review_batch',
  'principal_post',
  'account_person',
] as const;

type Settings = Partial<Record<'low' | 'high' | 'teacher' | 'account' | 'purpose', string>>;

describe('row-level security of review (A2)', () => {
  let suite: ReviewSuite;
  let school: School;
  let neighbour: School;
  let found: CaseSummary;

  beforeAll(async () => {
    suite = await ReviewSuite.start();
    await suite.service.answers(findPosts, () => ({ posts: [] }));
    [{ school, found }, { school: neighbour }] = [await aBusySchool(), await aBusySchool()];
  }, 60_000);
  afterAll(() => suite.stop());

  /** One case sent upward, one held in a batch. */
  async function aBusySchool() {
    const staffed = await suite.aStaffedSchool();
    const submit = () => suite.submit(aSubmission(staffed.school, staffed.administrator), staffed.principal);
    await suite.decide(await submit(), staffed.principal);
    await suite.service.ask(sendUpward, {}, staffed.principal);
    const held = await submit();
    const cases = [{ caseId: held.id, contentHash: held.contentHash }];
    await suite.service.ask(createReviewBatch, { verdict: 'approve', cases }, staffed.principal);
    return { school: staffed.school, found: held };
  }

  /** Rows seen per table, as the application role on one connection, one transaction per round. */
  const seen = (...rounds: Settings[]): Promise<Record<string, number>[]> =>
    asAdmin(suite.service.database.appUrl, async (client) => {
      const counted: Record<string, number>[] = [];
      for (const settings of rounds) {
        await client.query('begin');
        for (const [name, value] of Object.entries(settings))
          await client.query(`select set_config($1, $2, true)`, [`shidang.${name}`, value]);
        const round: Record<string, number> = {};
        for (const table of tables)
          round[table] = (await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n;
        await client.query('commit');
        counted.push(round);
      }
      return counted;
    });

  const of = (path: string, teacher = '*'): Settings => ({ low: path, high: `${path.slice(0, -1)}/`, teacher });
  const nothing = Object.fromEntries(tables.map((table) => [table, 0]));
  const busy = {
    review_case: 2,
    case_decision: 1,
    upward_submission: 1,
    receipt_number: 1,
    review_batch: 1,
    principal_post: 1,
  };

  it('settings that are unset, empty, or left over from a pooled connection give no row', async () => {
    const empty: Settings = { low: '', high: '', teacher: '', account: '', purpose: '' };
    const [unset, scoped, stale, emptied] = await seen({}, of(school.path), {}, empty);
    expect([unset, stale, emptied]).toEqual([nothing, nothing, nothing]);
    expect(scoped).toMatchObject(busy);
  });

  it('a school sees its own, a county both, the county beside it nothing', async () => {
    const [own, other, both, beside] = await seen(
      ...[school.path, neighbour.path, '0.33.3311.331102.', '0.33.3311.331121.'].map((path) => of(path)),
    );
    expect([own, other]).toMatchObject([busy, busy]);
    for (const table of tables) expect(both![table]).toBe(own![table]! + other![table]!);
    expect(beside).toEqual(nothing);
  });

  it('a teacher sees the case about himself; without an id nobody’s', async () => {
    const [own, nobody] = await seen(of(school.path, found.teacherId), of(school.path, ''));
    expect(own).toEqual({ ...nothing, review_case: 1 });
    expect(nobody).toEqual(nothing);
  });

  it('jobs see what waits for them, and no decision with its words', async () => {
    const [jobs, unknown] = await seen({ purpose: 'jobs' }, { purpose: 'anything' });
    expect(jobs).toEqual({ ...nothing, review_case: 4, review_batch: 2 });
    expect(unknown).toEqual(nothing);
  });
});

import { newId } from '@shidang/persistence';
import { asAdmin } from '@shidang/dev';
import { databaseFor, type SuiteDatabase } from '@shidang/testing';

const tables = ['notice', 'post', 'telling', 'told', 'place'] as const;

describe('row-level security of notifications (A2)', () => {
  let database: SuiteDatabase;
  const [mine, others] = [newId(), newId()];

  beforeAll(async () => {
    database = await databaseFor('notifications');
    await asAdmin(database.adminUrl, async (client) => {
      await client.query(`insert into place values ('0.33.')`);
      for (const account of [mine, others]) {
        await client.query(`insert into told values ($1, $1)`, [account]);
        await client.query(`insert into post values ($1, $1, 'principal', '0.33.', null, false, 1)`, [account]);
        await client.query(
          `insert into telling (message_id, kind, account_id, about_path, organisation, at) values ($1, 'case-approved', $1, '0.33.', '330000', now())`,
          [account],
        );
        await client.query(
          `insert into notice (id, account_id, post_id, kind, merge_key, count, organisation, at) values ($1, $1, $1, 'case-approved', 'k', 1, '330000', now())`,
          [account],
        );
      }
    });
  }, 60_000);
  afterAll(() => database.drop());

  const seen = (...rounds: Record<string, string>[]): Promise<number[][]> =>
    asAdmin(database.appUrl, async (client) => {
      const counted: number[][] = [];
      for (const settings of rounds) {
        await client.query('begin');
        for (const [name, value] of Object.entries(settings))
          await client.query(`select set_config($1, $2, true)`, [`shidang.${name}`, value]);
        const round: number[] = [];
        for (const table of tables)
          round.push((await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n);
        await client.query('commit');
        counted.push(round);
      }
      return counted;
    });

  it('settings that are unset, empty, or left over from a pooled connection give no row', async () => {
    const range = { low: '0.', high: '0/', teacher: '*' };
    const empty = { low: '', high: '', teacher: '', account: '', purpose: '' };
    const [unset, scoped, stale, emptied] = await seen({}, { ...range, account: mine }, {}, empty);
    expect([unset, stale, emptied]).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    // the whole country as scope, and still one's own notice alone
    expect(scoped).toEqual([1, 0, 0, 0, 0]);
  });
});

import { foundOrganisation } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { RunningIdentity, type SignedIn } from '../identity.testing';

const tables = ['organisation', 'organisation_change', 'account', 'post', 'activation_code', 'session', 'person'];

type Settings = Partial<Record<'low' | 'high' | 'teacher' | 'account' | 'purpose', string>>;

describe('row-level security of identity (A2)', () => {
  let identity: RunningIdentity;
  let province: SignedIn;

  beforeAll(async () => {
    identity = await RunningIdentity.on(await ServiceSuite.start(identityService));
    const centre = await identity.centre();
    await identity.ask(foundOrganisation, { code: '330000', name: '浙江省教育厅' }, centre);
    await identity.ask(foundOrganisation, { code: '340000', name: '安徽省教育厅' }, centre);
    province = await identity.administratorBelow(centre, '330000');
    await identity.administratorBelow(centre, '340000');
  }, 60_000);
  afterAll(() => identity?.stop());

  /** Rows seen per table, as the application role on one connection, one transaction per round. */
  const seen = (...rounds: Settings[]): Promise<Record<string, number>[]> =>
    asAdmin(identity.suite.database.appUrl, async (client) => {
      const counted: Record<string, number>[] = [];
      for (const settings of rounds) {
        await client.query('begin');
        for (const [name, value] of Object.entries(settings)) {
          await client.query(`select set_config($1, $2, true)`, [`shidang.${name}`, value]);
        }
        const round: Record<string, number> = {};
        for (const table of tables) {
          const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
          round[table] = Number(rows[0]?.n);
        }
        await client.query('commit');
        counted.push(round);
      }
      return counted;
    });

  const nothing = Object.fromEntries(tables.map((table) => [table, 0]));
  const ofProvince: Settings = { low: '0.33.', high: '0.33/', teacher: '*', account: '', purpose: '' };

  test('settings that are unset, empty, or left over from a pooled connection give no row', async () => {
    const empty: Settings = { low: '', high: '', teacher: '', account: '', purpose: '' };
    const [unset, scoped, stale, emptied] = await seen({}, ofProvince, {}, empty);
    expect(unset).toEqual(nothing);
    expect(scoped?.['account']).toBe(1);
    expect(stale).toEqual(nothing);
    expect(emptied).toEqual(nothing);
  });

  test('a province sees itself and nothing of its neighbour or the centre', async () => {
    const [scoped] = await seen(ofProvince);
    expect(scoped).toEqual({
      ...nothing,
      organisation: 1,
      organisation_change: 1,
      account: 1,
      post: 1,
      activation_code: 1,
    });
  });

  test('a teacher reaches organisations and his own account, no one else’s', async () => {
    const teacher = { ...ofProvince, teacher: '0198c000-0000-7000-8000-000000000000' };
    const [stranger, own] = await seen(teacher, { ...teacher, account: province.caller.accountId });
    expect(stranger).toEqual({ ...nothing, organisation: 1 });
    expect(own).toEqual({ ...nothing, organisation: 1, account: 1, post: 1, session: 1 });
  });

  test('persons are reached by the three purposes that need them and by no scope', async () => {
    const all: Settings = { low: '0.', high: '0/', teacher: '*', account: province.caller.accountId };
    const [scoped, claim, wrong] = await seen(all, { purpose: 'person-claim' }, { purpose: 'relay' });
    expect(scoped?.['person']).toBe(0);
    expect(claim).toEqual({ ...nothing, person: 3 });
    expect(wrong).toEqual(nothing);
  });

  test('nobody grants himself a post, or moves his account elsewhere', async () => {
    await asAdmin(identity.suite.database.appUrl, async (client) => {
      const { accountId } = province.caller;
      await client.query(`select set_config('shidang.account', $1, false), set_config('shidang.low', '', false)`, [
        accountId,
      ]);
      const grant = client.query(
        `insert into post (id, account_id, role, tier, org_path, org_code, granted_at)
         values ('0198c000-0000-7000-8000-000000000001', $1, 'systemAdministrator', 'central', '0.', '000000', now())`,
        [accountId],
      );
      await expect(grant).rejects.toThrow('row-level security');
    });
  });
});

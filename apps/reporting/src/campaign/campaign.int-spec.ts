import { readCampaign, setCampaign } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { eventually } from '@shidang/testing';
import { aCaller, paths, refusalOf, RunningReporting } from '../reporting.testing';

let reporting: RunningReporting;
const city = aCaller(paths.city);
const county = aCaller(paths.county);
const teacher = aCaller(paths.school, 'teacher', { teacherId: '01900000-0000-7000-8000-000000000001' });
const dates = { startsOn: '2016-09-01', dueOn: '2016-12-10', closesOn: '2016-12-20' };

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.foundTree();
  const known = () => reporting.rows(`select 1 from organisation`);
  await eventually(async () => (await known()).length === Object.keys(paths).length, 'the tree is known');
});
afterAll(() => reporting?.stop());

describe('dates of the collection (工作方案 五)', () => {
  it('bind everybody below until somebody nearer sets others', async () => {
    expect(await reporting.ask(readCampaign, {}, teacher)).toMatchObject({ phase: 'none', etag: '0' });
    await reporting.ask(setCampaign, dates, city, { ifMatch: '0' });
    expect(await reporting.ask(readCampaign, {}, teacher)).toMatchObject({
      setBy: '331100',
      phase: 'closed',
      ...dates,
    });
    const later = { ...dates, closesOn: '2999-12-31', organisation: '2133001234' };
    await reporting.ask(setCampaign, later, county, { ifMatch: '0' });
    expect(await reporting.ask(readCampaign, {}, teacher)).toMatchObject({ setBy: '2133001234', phase: 'late' });
    expect(await reporting.ask(readCampaign, {}, county)).toMatchObject({ setBy: '331100', phase: 'closed' });
  });

  it('first set by two at once are those of the first', async () => {
    const organisation = '2133002345';
    const second = await asAdmin(reporting.database.adminUrl, async (client) => {
      await client.query('begin');
      await client.query(
        `insert into campaign (org_code, org_path, starts_on, due_on, closes_on) values ($1, $2, $3, $4, $5)`,
        [organisation, paths.otherSchool, ...Object.values(dates)],
      );
      const outcome = refusalOf(reporting.ask(setCampaign, { ...dates, organisation }, city, { ifMatch: '0' }));
      const waits = `select 1 from pg_locks where not granted and locktype = 'transactionid'`;
      await eventually(async () => (await reporting.rows(waits)).length > 0, 'the second waits for the first');
      await client.query('commit');
      return outcome;
    });
    expect(second).toBe('request.stale_version');
    const stored = await reporting.rows(`select version from campaign where org_code = $1`, [organisation]);
    expect(stored).toEqual([{ version: 1 }]);
  });

  it('are refused out of order, out of scope, unseen and to those who may not', async () => {
    const set = (over: object, who = county, ifMatch?: string) =>
      refusalOf(reporting.ask(setCampaign, { ...dates, ...over }, who, { ifMatch }));
    expect(await set({ dueOn: '2017-01-01' })).toBe('reporting.campaign_dates');
    expect(await set({ startsOn: '2016-02-30' })).toBe('reporting.campaign_dates');
    expect(await set({ organisation: '331121' })).toBe('reporting.organisation_not_found');
    expect(await set({ organisation: '331100' })).toBe('reporting.organisation_not_found');
    expect(await set({})).toBe('request.version_required');
    expect(await set({}, county, '7')).toBe('request.stale_version');
    expect(await set({}, aCaller(paths.school), '0')).toBe('request.forbidden');
  });
});

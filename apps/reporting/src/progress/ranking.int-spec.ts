import {
  confirmHeadCount,
  declareHeadCount,
  listBacklog,
  listHeadCounts,
  listProgressChildren,
  measureBacklog,
  recordChanged,
  setCampaign,
  teacherRegistered,
  type ListProgressChildren,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, paths, refusalOf, RunningReporting } from '../reporting.testing';

let reporting: RunningReporting;
const city = aCaller(paths.city);
const county = aCaller(paths.county);
const [drafting, finished] = [newId(), newId()];

const register = (teacherId: string, orgPath: string) =>
  reporting.tell(teacherRegistered, {
    orgPath,
    teacherId,
    personId: newId(),
    schoolCode: orgPath.split('.').at(-2)!,
    category: 'primarySecondary',
    sex: '2',
    birthMonth: '1985-12',
    version: 1,
  });

const declare = (code: string, orgPath: string, declared: number) =>
  reporting.ask(declareHeadCount, { code, declared }, aCaller(orgPath), { ifMatch: '"0"' });

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.foundTree();
  await eventually(
    async () => (await reporting.rows(`select 1 from organisation`)).length === Object.keys(paths).length,
    'the tree is known',
  );
  // 莲都: ten declared, one drafting; 青田: one declared, complete; the city's own school: nothing
  await register(drafting, paths.school);
  await register(finished, paths.otherSchool);
  await reporting.tell(recordChanged, { orgPath: paths.school, teacherId: drafting, stage: 'draft', version: 2 });
  await reporting.tell(recordChanged, {
    orgPath: paths.otherSchool,
    teacherId: finished,
    stage: 'complete',
    version: 2,
  });
  await declare('2133001234', paths.school, 10);
  await declare('2133002345', paths.otherSchool, 1);
  await eventually(async () => {
    const { items } = await rank({ code: '331100' });
    const entered = items.map(({ figures }) => figures.entered);
    expect(entered).toEqual([0, 1, 1]);
    return true;
  }, 'the figures are there');
}, 60_000);
afterAll(() => reporting?.stop());

const rank = (query: ListProgressChildren) => reporting.ask(listProgressChildren, query, city);
const codes = async (query: Omit<ListProgressChildren, 'code'>) =>
  (await rank({ code: '331100', ...query })).items.map(({ organisation }) => organisation.code);

describe('a ranking', () => {
  it('is by rate of the head count, what nobody declared below everything, either way round', async () => {
    expect(await codes({})).toEqual(['2133001999', '331102', '331121']);
    expect(await codes({ sort: '-complete' })).toEqual(['331121', '331102', '2133001999']);
    expect(await codes({ sort: 'entered' })).toEqual(['2133001999', '331102', '331121']);
    expect(await codes({ sort: '-school' })).toEqual(['331102', '331121', '2133001999']);
    expect(await codes({ sort: '-moved' })).toHaveLength(3);
  });

  it('of all schools below, whatever lies between', async () => {
    expect(await codes({ level: 'schools', sort: '-complete' })).toEqual(['2133002345', '2133001234', '2133001999']);
  });

  it('comes page by page in its order', async () => {
    const first = await rank({ code: '331100', sort: '-complete', limit: 2 });
    const second = await rank({ code: '331100', sort: '-complete', limit: 2, cursor: first.page.next });
    expect([...first.items, ...second.items].map(({ organisation }) => organisation.code)).toEqual([
      ...['331121', '331102', '2133001999'],
    ]);
    expect([first.page.total, second.page.next]).toEqual([3, undefined]);
  });

  it('knows the presets: not started, idle, overdue, done, head counts missing and waiting', async () => {
    expect(await codes({ preset: 'not-started' })).toEqual(['2133001999']);
    expect(await codes({ preset: 'done' })).toEqual([]);
    expect(await codes({ preset: 'undeclared' })).toEqual(['2133001999']);
    expect(await codes({ preset: 'unconfirmed' })).toEqual(['331102', '331121']);
    expect(await codes({ preset: 'idle', idleDays: 1 })).toEqual([]);
    await reporting.rows(
      `update movement set moved_at = now() - interval '9 days' where org_path = (select org_path from teacher_state where teacher_id = $1)`,
      [drafting],
    );
    expect(await codes({ preset: 'idle' })).toEqual(['331102']);
    expect(await codes({ preset: 'idle', idleDays: 10, level: 'schools' })).toEqual([]);
    expect(await codes({ preset: 'overdue' })).toEqual([]);
    const dates = { startsOn: '2016-11-01', dueOn: '2016-12-10', closesOn: '2099-12-31' };
    await reporting.ask(setCampaign, dates, city, { ifMatch: '"0"' });
    expect(await codes({ preset: 'overdue', sort: '-entered' })).toEqual(['331121', '331102']);
    const { items } = await rank({ code: '331100' });
    expect(items.map(({ overdue, dueOn }) => [overdue, dueOn])).toEqual([
      [false, '2016-12-10'],
      [true, '2016-12-10'],
      [true, '2016-12-10'],
    ]);
  });
});

describe('the backlog to be urged', () => {
  it('stands at whoever has to act: the school with what it has not registered, its teachers, its authority', async () => {
    await reporting.rows(`update teacher_state set status = 'draft' where teacher_id = $1`, [drafting]);
    const ask = (turns: ('teacher' | 'school' | 'authority')[], atActors = true) =>
      reporting.ask(listBacklog, { organisations: ['331102'], turns, atActors }, city);
    const { asker, places } = await ask(['teacher', 'school']);
    expect(asker).toMatchObject({ code: '331100', name: '丽水市教育局' });
    expect(places).toMatchObject([
      { organisation: { code: '2133001234' }, turn: 'school', n: 9, orgPath: paths.school },
      { organisation: { code: '2133001234' }, turn: 'teacher', n: 1, teacherIds: [drafting] },
    ]);
    expect((await ask(['school'], false)).places).toMatchObject([{ organisation: { code: '331102' }, n: 9 }]);
    const foreign = reporting.ask(
      listBacklog,
      { organisations: ['331121'], turns: ['school'], atActors: true },
      county,
    );
    expect(await refusalOf(foreign)).toBe('reporting.organisation_not_found');
  });

  it('is measured again for notifications alone', async () => {
    const connection = await reporting.nats.connect('notifications');
    const places = [
      { code: '2133001234', turn: 'school', atActors: true },
      { code: '331102', turn: 'authority', atActors: true },
    ];
    const measure = async (within?: string[]) => {
      const data = JSON.stringify({ id: newId(), data: { places, within } });
      const answer = await connection.request(measureBacklog.subject, data, { timeout: 3_000 });
      const { response } = answer.json<{ response: { places: { n: number; name: string }[] } }>();
      return response.places.map(({ n, name }) => [n, name]);
    };
    expect(await measure()).toEqual([
      [9, '实验小学'],
      [0, '莲都区教育局'],
    ]);
    // what waits with an authority is counted over the schools that were urged, as when it was sent
    await reporting.rows(
      `insert into rollup (org_path, parent, measure, category, n) values ($1, $2, 'status:conflict', 'primarySecondary', 3)`,
      [paths.school, paths.county],
    );
    const atAuthority = async (within?: string[]) => (await measure(within))[1]?.[0];
    expect(await atAuthority()).toBe(3);
    expect(await atAuthority(['2133001234'])).toBe(3);
    expect(await atAuthority(['331100'])).toBe(3);
    expect(await atAuthority(['2133002345'])).toBe(0);
    await reporting.rows(`delete from rollup where org_path = $1 and measure = 'status:conflict'`, [paths.school]);
  });
});

describe('head counts of the schools right below', () => {
  it('come with those waiting first', async () => {
    const states = async (by = city, organisation?: string) =>
      (await reporting.ask(listHeadCounts, { organisation }, by)).items.map(({ code, state }) => [code, state]);
    expect(await states(county)).toEqual([['2133001234', 'declared']]);
    await reporting.ask(confirmHeadCount, { code: '2133001234', declared: 10 }, county);
    expect(await states(county)).toEqual([['2133001234', 'confirmed']]);
    expect(await states()).toEqual([['2133001999', 'missing']]);
    expect(await states(city, '331121')).toEqual([['2133002345', 'declared']]);
    const waiting = await reporting.ask(listHeadCounts, { organisation: '331121', state: 'declared' }, city);
    expect(waiting.items[0]).toMatchObject({ declared: 1, inForce: 1, school: { name: '鹤城小学' } });
    const foreign = reporting.ask(listHeadCounts, { organisation: '331121' }, county);
    expect(await refusalOf(foreign)).toBe('reporting.organisation_not_found');
  });
});

import { eventually } from '@shidang/testing';
import { allSections, caseOf, decide, fill, recordOf, register, sectionPath, waitForStatus } from './record';
import { schools } from './lishui';
import { scenario } from './scenario';

/** 工作方案 五(六): queries, statistics and reports by permission. */
const people = scenario('query');
const school = schools.query;
const filler = people.at(`informationAdministrator@${school}`);
const principal = people.at(`principal@${school}`);
const county = people.at('informationAdministrator@331102');
const viewer = people.at('informationViewer@331102');

interface Page {
  items: { id: string; name: string; status: string }[];
  page: { total: number; totalIsExact: boolean; next?: string };
}

let effective: string;
const names: string[] = [];
const numbers: string[] = [];

beforeAll(async () => {
  const person = people.somebody();
  names.push(person.name);
  numbers.push(person.document.number);
  effective = await register(people, school, person);
  await fill(filler, effective, recordOf(person, school), allSections);
  await filler.must('POST', `/teachers/${effective}/submission`, { body: { declared: true } });
  await decide(principal, await caseOf(principal, effective, 'school-review'), 'approve');
  await caseOf(principal, effective, 'school-approved');
  await principal.must('POST', '/submissions');
  await decide(county, await caseOf(county, effective, 'authority-review'), 'approve');
  await waitForStatus(county, effective, 'effective');
  for (let i = 0; i < 5; i++) {
    const other = people.somebody();
    names.push(other.name);
    numbers.push(other.document.number);
    await register(people, school, other);
  }
}, 60_000);

it('the list pages by cursor over the whole school, each teacher once, with an exact total', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await county.must<Page>(
      'GET',
      `/teachers?organisation=${school}&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    expect(body.page).toMatchObject({ total: 6, totalIsExact: true });
    seen.push(...body.items.map((item) => item.name));
    cursor = body.page.next;
  } while (cursor);
  expect(seen.sort()).toEqual([...names].sort());
});

it('filters by state and finds by one or two characters of the name', async () => {
  const state = await county.must<Page>('GET', `/teachers?organisation=${school}&status=effective`);
  expect(state.body.items.map((item) => item.id)).toEqual([effective]);
  const fragment = [...names[1]!].slice(0, 2).join('');
  const found = await county.must<Page>('GET', `/teachers?organisation=${school}&q=${encodeURIComponent(fragment)}`);
  expect(found.body.items.map((item) => item.name)).toContain(names[1]);
});

it('a search never leaves the scope of who asks', async () => {
  const sibling = people.at('informationAdministrator@331121');
  const found = await sibling.must<Page>('GET', `/teachers?q=${encodeURIComponent(names[0]!)}`);
  expect(found.body.items.map((item) => item.id)).not.toContain(effective);
  expect((await sibling.get(`/teachers?organisation=${school}`)).body).toMatchObject(
    (await sibling.get('/teachers?organisation=2133999999')).status === 404 ? { status: 404 } : { items: [] },
  );
});

it('a viewer reads basic information, education, post and title, and nothing else', async () => {
  for (const section of ['basic', 'education', 'post', 'proTitle'])
    expect((await viewer.get(sectionPath(effective, section))).status).toBe(200);
  for (const section of ['pay', 'ethics', 'contact'])
    expect([403, 404]).toContain((await viewer.get(sectionPath(effective, section))).status);
  const basic = await viewer.get(sectionPath(effective, 'basic'));
  expect(JSON.stringify(basic.body)).toMatch(/\*{4,}/);
});

it('a sensitive value is shown on a reason, which is kept', async () => {
  const reason = '核对毕业证书';
  const asked = await county.post<{ value: string }>(`/teachers/${effective}/unmaskings`, {
    indicator: 'idNo',
    reason,
  });
  expect(asked.status).toBeLessThan(300);
  expect(JSON.stringify(asked.body)).toMatch(/\d{17}[\dX]/);
  expect((await viewer.post(`/teachers/${effective}/unmaskings`, { indicator: 'idNo', reason })).status).toBe(403);
  const viewers = await county.must('GET', `/teachers/${effective}/viewers`);
  expect(JSON.stringify(viewers.body)).toContain(reason);
});

it('a table of organisations by a coded indicator counts effective records and hides small cells outside the own school', async () => {
  interface Table {
    columns: { code: string }[];
    rows: {
      organisation: { code: string };
      cells: { n?: number; hidden?: string }[];
      total: { n?: number; hidden?: string };
    }[];
    indicator: { definition: { zh: string } };
    asOf: string;
  }
  const indicators = await county.must<{ items: { key: string }[] }>('GET', '/statistics/indicators');
  expect(indicators.body.items.map((item) => item.key)).toContain('basic.sex');
  await eventually(
    async () => {
      const table = await principal.must<Table>('GET', `/statistics?organisation=${school}&by=basic.sex`);
      const row = table.body.rows.find((one) => one.organisation.code === school);
      expect(row?.total.n).toBe(1);
    },
    'the school sees its own effective record counted',
    { timeout: 15_000 },
  );
  const table = await county.must<Table>('GET', '/statistics?organisation=331102&by=basic.sex');
  const row = table.body.rows.find((one) => one.organisation.code === school)!;
  expect(row.cells.every((cell) => cell.n === undefined || cell.n === 0 || cell.n >= 5)).toBe(true);
  expect(table.body.indicator.definition.zh).not.toBe('');
  expect(Date.parse(table.body.asOf)).not.toBeNaN();
});

it('the list leaves as csv with a byte order mark and masked numbers', async () => {
  const file = await county.download(`/teachers.csv?organisation=${school}`);
  expect(file.status).toBe(200);
  expect(file.content.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const text = file.content.toString('utf8');
  for (const name of names) expect(text).toContain(name);
  for (const number of numbers) expect(text).not.toContain(number);
});

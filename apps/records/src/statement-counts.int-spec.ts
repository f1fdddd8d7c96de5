import { listTeachers, patchEntry, readSection, readTeacher, registerTeachers } from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { sentBy } from '@shidang/testing';
import { aCaller, city, county, RecordsSuite, type School } from './records.testing';

/** Gates of `performance.md`: round trips and statements of an operation, exactly. Time is the bench's. */
let records: RecordsSuite;
let school: School;
let teacherId: string;
const authority = aCaller('informationAdministrator', county);

beforeAll(async () => {
  records = await RecordsSuite.start();
  school = await records.school();
  teacherId = (await records.register(school)).teacher.id;
  await records.service.rows(
    `insert into organisation (code, name, tier, org_path, parent_code, version)
     values ('331102', '莲都区教育局', 'county', $1, '331100', 1), ('331121', '青田县教育局', 'county', '0.33.3311.331121.', '331100', 1)`,
    [county],
  );
}, 60_000);
afterAll(() => records?.stop());

const counted = async (run: () => Promise<unknown>) => {
  const { trips, statements } = await sentBy(run);
  return { trips, statements: statements.length };
};

test('a teacher by id is one round trip of one statement', async () => {
  const read = () => records.service.ask(readTeacher, { teacherId }, authority);
  expect(await counted(read)).toEqual({ trips: 1, statements: 1 });
});

test('a page of a county with its total is one round trip of three statements, the county being asked for beside', async () => {
  const own = () => records.service.ask(listTeachers, { limit: 20 }, authority);
  expect(await counted(own)).toEqual({ trips: 1, statements: 3 });
  const below = () =>
    records.service.ask(listTeachers, { organisation: '331102' }, aCaller('informationAdministrator', city));
  expect(await counted(below)).toEqual({ trips: 1, statements: 3 });
});

test('a search for a piece of a name in a city is one round trip of three statements', async () => {
  const search = () => records.service.ask(listTeachers, { q: '王小' }, aCaller('informationAdministrator', city));
  expect(await counted(search)).toEqual({ trips: 1, statements: 3 });
});

test('a county that has moved is found where it stands now', async () => {
  await records.service.rows(`update organisation set org_path = '0.33.3310.331121.' where code = '331121'`);
  const province = aCaller('informationAdministrator', '0.33.');
  const list = () => records.service.ask(listTeachers, { organisation: '331121' }, province);
  expect((await list()).page.total).toBe(0);
  expect((await counted(list)).trips).toBe(2);
});

test('a write of one value under an Idempotency-Key is six round trips of eight statements', async () => {
  const { entries } = await records.section(school.information, teacherId, 'basic');
  const entry = entries[0]!;
  const patch = (nativePlace: string, ifMatch: string, idempotencyKey: string) =>
    records.service.ask(
      patchEntry,
      { teacherId, section: 'basic', entryId: entry.id, values: { nativePlace } },
      school.information,
      { ifMatch, idempotencyKey },
    );
  // the first value begins the record, which is told
  const begun = await patch('331121', entry.etag, 'first');
  let answer: unknown;
  const write = async () => void (answer = await patch('331122', begun.etag, 'second'));
  expect(await counted(write)).toEqual({ trips: 6, statements: 8 });
  // the same key again: the stored answer, in one
  expect(await counted(async () => expect(await patch('331122', begun.etag, 'second')).toEqual(answer))).toEqual({
    trips: 1,
    statements: 1,
  });
  const { fillableKeys } = await records.service.ask(readSection, { teacherId, section: 'basic' }, school.information);
  expect(fillableKeys).toContain('nativePlace');
});

test('a list of newcomers takes as many round trips and statements, however long, and is told in one fact', async () => {
  for (const length of [2, 60]) {
    const teachers = Array.from({ length }, () => records.facts());
    let ids: string[] = [];
    const register = async () => {
      const made = await records.service.ask(registerTeachers, { teachers }, school.system, {
        idempotencyKey: newId(),
      });
      ids = made.rows.map((row) => row.teacherId!);
    };
    expect(await counted(register)).toEqual({ trips: 10, statements: 11 });
    const told = await records.service.rows<{ n: number }>(
      `select jsonb_array_length(payload -> 'teachers') as n from outbox
       where subject = 'evt.records.teachers-registered' and payload -> 'teachers' @> $1::jsonb`,
      [JSON.stringify([{ teacherId: ids[0] }])],
    );
    expect(told).toEqual([{ n: length }]);
  }
});

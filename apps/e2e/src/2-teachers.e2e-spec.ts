import type { Problem } from './door';
import { factsOf, register, teacherDoor } from './record';
import { schools } from './lishui';
import { scenario } from './scenario';

/** 工作方案 五(二): the school's system administrator makes teachers from four facts. */
const people = scenario('teachers');

const administrator = (school: string = schools.liandu) => people.at(`systemAdministrator@${school}`);

it('four facts and an employment make a teacher with a masked number and a provisional code', async () => {
  const person = people.somebody();
  const made = await administrator().post<{ teacher: Record<string, unknown> }>('/teachers', factsOf(person));
  expect(made.status).toBe(201);
  expect(made.body.teacher).toMatchObject({ name: person.name, status: 'not-started', personalCodeFormal: false });
  expect(JSON.stringify(made.body)).not.toContain(person.document.number);
});

it('a wrong check digit is refused in words that say which digit it should be', async () => {
  const person = people.somebody();
  const digit = person.document.number.endsWith('1') ? '2' : '1';
  const refused = await administrator().post<Problem>('/teachers', {
    ...factsOf(person),
    document: { type: '1', number: person.document.number.slice(0, 17) + digit },
  });
  expect(refused.status).toBe(422);
  expect(refused.body.errors!.map((e) => e.detail).join()).toMatch(/第 18 位应为/);
});

it.each([
  ['retired', { onEstablishment: true, postKind: 'teaching', retired: true }],
  [
    'a contract of three months',
    { onEstablishment: false, contract: { start: '2026-09-01', end: '2026-11-30' }, postKind: 'teaching' },
  ],
])('people out of scope (%s) are refused by the rule that says so', async (_, employment) => {
  const refused = await administrator().post<Problem>('/teachers', { ...factsOf(people.somebody()), employment });
  expect(refused.status).toBe(422);
  expect(refused.body.detail + JSON.stringify(refused.body.errors)).toMatch(/采集范围/);
});

it('a number on file elsewhere says only that it is on file', async () => {
  const person = people.somebody();
  await register(people, schools.liandu, person);
  const refused = await administrator(schools.qingtian).post<Problem>('/teachers', factsOf(person));
  expect(refused.status).toBe(409);
  const told = JSON.stringify(refused.body);
  for (const secret of [person.document.number, schools.liandu, '莲都']) expect(told).not.toContain(secret);
});

it('a list registers its good rows and says of each bad one why', async () => {
  const [good, bad] = [people.somebody(), people.somebody()];
  const answer = await administrator().must<{ registered: number; refused: number; rows: { outcome: string }[] }>(
    'POST',
    '/teacher-lists',
    {
      body: { teachers: [factsOf(good), { ...factsOf(bad), birthDate: '1990-02-30' }] },
    },
  );
  expect(answer.body).toMatchObject({ registered: 1, refused: 1 });
  expect(answer.body.rows.map((row) => row.outcome)).toEqual(['registered', 'refused']);
});

it('fifty requests to enter one person at once: exactly one wins', async () => {
  const person = people.somebody();
  const doors = [administrator(schools.liandu), administrator(schools.qingtian), administrator(schools.cityRun)];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => doors[i % 3]!.post('/teachers', factsOf(person))),
  );
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
});

it('nobody else makes teachers', async () => {
  for (const post of [`informationAdministrator@${schools.liandu}`, 'systemAdministrator@331102']) {
    const refused = await people.at(post).post('/teachers', factsOf(people.somebody()));
    expect(refused.status).toBe(403);
  }
});

it('the teacher gets an account, and sees his own record only', async () => {
  const [own, colleague] = [people.somebody(), people.somebody()];
  const [mine, theirs] = [
    await register(people, schools.liandu, own),
    await register(people, schools.liandu, colleague),
  ];
  const door = await teacherDoor(people, schools.liandu, mine);
  expect((await door.get(`/teachers/${mine}`)).status).toBe(200);
  expect((await door.get(`/teachers/${theirs}`)).status).toBe(404);
});

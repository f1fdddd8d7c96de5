import { childPath } from '@shidang/access';
import { categories, categoryOfSchool, checkDocument, inScope } from '@shidang/catalogue';
import { demoAccounts, demoSchools } from '../demo-accounts';
import { inventPeople } from '../invented/person';
import { Random } from '../invented/random';
import { recordStates, type RecordState } from './pace';
import { scales, type SeedScale } from './scale';
import { partsOf } from './part';
import { planPart, planWorld, type World } from './world';

const today = '2026-11-23';
const teachersOf = (world: World) => world.schools.flatMap((each) => each.teachers);
const accountsOf = (world: World) => [
  ...[...world.authorities, ...world.schools].flatMap((each) => Object.values(each.staff)),
  ...teachersOf(world).map((each) => each.account),
];
const unique = (list: readonly string[]) => expect(new Set(list).size).toBe(list.length);
const world = planWorld('s', today);

const whole = (Object.keys(scales) as SeedScale[]).filter((scale) => scale !== 'xl');

describe.each(whole)('the world of scale %s', (scale) => {
  const planned = planWorld(scale as 's', today);
  const schools = planned.schools.map((each) => each.school);

  test('has as many schools and teachers as the scale says', () => {
    expect({ schools: schools.length, teachers: teachersOf(planned).length }).toEqual(scales[scale]);
    for (const { school, teachers } of planned.schools) expect(teachers).toHaveLength(school.teachers);
  });

  test('has every state, every category, an attached school, a city-run one', () => {
    expect(new Set(teachersOf(planned).map((each) => each.state))).toEqual(new Set(recordStates));
    expect(new Set(schools.map((each) => each.category))).toEqual(new Set(categories.map((each) => each.key)));
    expect(schools.some((each) => categoryOfSchool(each.runningType)?.attached)).toBe(true);
    expect(schools.find((each) => each.code === demoSchools.cityRun)?.orgPath).toBe(
      childPath('0.33.3311.', demoSchools.cityRun),
    );
  });

  test('no code, id, log-in name, document or school name is there twice', () => {
    const teachers = teachersOf(planned);
    const accounts = accountsOf(planned);
    unique(schools.map((each) => each.code));
    unique(schools.map((each) => each.name));
    unique(accounts.map((each) => each.loginName));
    unique([
      ...accounts.flatMap((each) => [each.id, each.postId]),
      ...teachers.flatMap((each) => [each.id, each.person.id]),
    ]);
    const persons = new Map(accounts.flatMap(({ person }) => (person ? [[person.id, person]] : [])));
    unique([...persons.values()].map((each) => each.document.number));
  });

  test('has every demo account, activated', () => {
    const byName = new Map(accountsOf(planned).map((each) => [each.loginName, each]));
    for (const { account } of demoAccounts) expect([account, byName.get(account)?.activated]).toEqual([account, true]);
  });

  test('school codes say category, province and serial, and every name that it is invented', () => {
    for (const { code, name } of schools) {
      expect(code).toMatch(/^(11|21|31|34|36|51)33\d{6}$/);
      expect(name).toContain('示例');
    }
  });
});

describe('the province of scale xl', () => {
  // a thirtieth of it: the same plan, of fewer schools
  const size = { schools: 600, teachers: 20_000 };
  const parts = partsOf('xl', size);
  const worlds = parts.map((part) => planPart(part, today));
  const organisations = worlds.flatMap((each) => [
    ...each.authorities.map(({ organisation }) => organisation),
    ...each.schools.map(({ school }) => school),
  ]);

  test('is the city of scale l and ten others, and as big as the scale says', () => {
    expect(partsOf('xl')[0]).toMatchObject({ city: '331100', ...scales.l });
    expect(parts).toHaveLength(11);
    const sum = (of: 'schools' | 'teachers') => partsOf('xl').reduce((n, part) => n + part[of], 0);
    expect({ schools: sum('schools'), teachers: sum('teachers') }).toEqual(scales.xl);
    expect(worlds.flatMap(teachersOf)).toHaveLength(size.teachers);
  });

  test('parts share no organisation, id, log-in name or document, and every school hangs under one of them', () => {
    const accounts = worlds.flatMap(accountsOf);
    unique(organisations.flatMap((each) => [each.code, each.orgPath, each.id]).sort());
    unique(accounts.map((each) => each.loginName));
    unique(accounts.flatMap((each) => [each.id, each.postId]));
    const persons = new Map(accounts.flatMap(({ person }) => (person ? [[person.id, person]] : [])));
    unique([...persons.values()].map((each) => each.document.number));
    const known = new Set(organisations.map((each) => each.code));
    for (const each of organisations) if (each.parentCode) expect(known.has(each.parentCode)).toBe(true);
  });

  test('whoever decides there is somebody who acts', () => {
    const authorities = worlds.flatMap((each) => each.authorities);
    const deciding = new Set(worlds.flatMap((each) => each.schools).map(({ school }) => school.parentCode));
    for (const { organisation, staff } of authorities)
      if (deciding.has(organisation.code)) expect(staff.informationAdministrator?.activated).toBe(true);
  });

  test('a part is the same whoever plans it, and in whatever order', () => {
    expect(JSON.stringify(planPart(parts[4]!, today))).toBe(JSON.stringify(worlds[4]));
  });
});

test('the same scale on the same day is the same world', () => {
  expect(JSON.stringify(planWorld('s', today))).toBe(JSON.stringify(world));
});

test('people are right and in scope, and none of them is one the samples invent', () => {
  const samples = new Set(inventPeople(new Random('any'), 200, today).map((each) => each.document.number));
  for (const { person } of teachersOf(world)) {
    expect(checkDocument({ ...person.document, ...person }, today)).toEqual([]);
    expect(inScope(person.employment, today).inScope).toBe(true);
    expect(samples.has(person.document.number)).toBe(false);
  }
});

test('some accounts are only issued', () => {
  const accounts = accountsOf(world);
  const activated = accounts.filter((each) => each.activated).length;
  expect(activated).toBeGreaterThan(100);
  expect(accounts.length - activated).toBeGreaterThan(50);
});

test('the principal never waits for himself', () => {
  const atSchool: RecordState[] = ['school-review', 'school-approved', 'school-returned'];
  for (const { teachers, staff } of planWorld('m', today).schools) {
    const principal = staff.principal?.person?.id;
    for (const teacher of teachers) {
      if (staff.principal && teacher.person.id !== principal) continue;
      expect(atSchool).not.toContain(teacher.state);
    }
  }
});

test('one county is late', () => {
  const late = world.schools.filter((each) => each.school.parentCode === '331121').flatMap((each) => each.teachers);
  const started = late.filter((each) => each.state !== 'not-started').length;
  expect(started / late.length).toBeLessThan(0.5);
});

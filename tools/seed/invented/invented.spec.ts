import { categories, checkDocument, identityFacts, inScope, violations, type TeacherRecord } from '@shidang/catalogue';
import { inventPeople } from './person';
import { Random } from './random';
import { inventRecord } from './record';

const today = '2026-11-23';
const people = inventPeople(new Random('people'), 600, today);

it('the same seed invents the same people', () => {
  expect(inventPeople(new Random('people'), 5, today)).toEqual(people.slice(0, 5));
});

it('no two people share a document number, and each number agrees with its facts', () => {
  expect(new Set(people.map((p) => p.document.number)).size).toBe(people.length);
  for (const { document, birthDate, sex } of people)
    expect(checkDocument({ ...document, birthDate, sex }, today)).toEqual([]);
});

it('everybody is in scope of the collection', () => {
  for (const { employment } of people) expect(inScope(employment, today).inScope).toBe(true);
});

it.each(categories.map((c) => c.key))('records of category %s are valid by the catalogue', (category) => {
  const random = new Random(category);
  for (const person of people.slice(0, 60)) {
    const invented = inventRecord({ random, person, category, today });
    const record = Object.fromEntries(
      Object.entries(invented).map(([section, rows]) => [section, rows.map((values) => ({ values }))]),
    ) as TeacherRecord;
    expect(violations(record, category, { today }).filter((v) => v.severity !== 'warning')).toEqual([]);
    expect(invented.basic[0]![identityFacts.name]).toBe(person.name);
  }
});

it('four rows in every repeating section are distinct rows', () => {
  const invented = inventRecord({
    random: new Random(1),
    person: people[7]!,
    category: 'primarySecondary',
    today,
    rows: 4,
  });
  const record = Object.fromEntries(
    Object.entries(invented).map(([s, rows]) => [s, rows.map((values) => ({ values }))]),
  ) as TeacherRecord;
  expect(violations(record, 'primarySecondary', { today }).filter((v) => v.severity !== 'warning')).toEqual([]);
});

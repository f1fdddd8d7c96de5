import { demoSchools, inventPeople, Random, type InventedPerson } from '@shidang/seed';
import { countyCode, countyPath, type Place } from '../place';
import type { Asked, Line } from './line';

/** What one operation of these lines is about. */
const teachersEach = 5_000;
/** Most of one list. */
const listed = 200;
const begun = Date.now();
let times = 0;

/** Nobody who was there before: the same twice would be refused, and that is another operation. */
function newcomers(): InventedPerson[] {
  const today = new Date().toISOString().slice(0, 10);
  return inventPeople(new Random(`bench/${begun}/${(times += 1)}`), teachersEach, today);
}

function listsOf(place: Place): Asked {
  const people = newcomers().map(({ name, sex, birthDate, document, employment }) => ({
    ...{ name, sex, birthDate, document, employment },
  }));
  const lists = Array.from({ length: teachersEach / listed }, (_, at) => people.slice(at * listed, (at + 1) * listed));
  return {
    shots: lists.map((teachers) => ({
      method: 'POST',
      path: '/api/v1/teacher-lists',
      headers: { ...place.registrar, 'idempotency-key': '{{key}}' },
      body: JSON.stringify({ teachers }),
    })),
    answersEach: lists.length,
    connections: 4,
    once: true,
  };
}

/** Eleven columns, as the limit stages them. */
const lineOf = ({ name, sex, birthDate, document }: InventedPerson, at: number): string =>
  [at, name, sex, birthDate, document.number.padEnd(18, '0'), ...demoSchools.cityRun.slice(0, 6)].join('\t');

export const jobs: readonly Line[] = [
  {
    key: 'import',
    title: 'register 5,000 teachers, checked',
    goal: 0.2,
    ours: listsOf,
    limit: () => ({
      shots: [{ method: 'POST', path: '/import', body: newcomers().map(lineOf).join('\n') }],
      connections: 1,
      once: true,
    }),
  },
  {
    key: 'export',
    title: 'export 5,000, csv',
    goal: 0.33,
    ours: ({ city, inCounty }) => ({
      shots: [{ method: 'GET', path: `/api/v1/teachers.csv?organisation=${countyCode}`, headers: city }],
      // the whole county is one answer
      answersEach: teachersEach / inCounty,
      connections: 1,
    }),
    limit: () => ({
      shots: [{ method: 'GET', path: `/export?${encodeURIComponent(countyPath)}` }],
      connections: 1,
    }),
  },
];

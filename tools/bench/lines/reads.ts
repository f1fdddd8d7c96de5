import type { Shot } from '../load/shots';
import { cityCode, countyCode } from '../place';
import type { Line } from './line';

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Shot => ({ method: 'GET', path, headers });
const bare = (question: string, argument: string): Shot => get(`/${question}?${encodeURIComponent(argument)}`);

/** Pieces of names as people type them, frequent and rare. */
const pieces = ['王伟', '李芳', '伟芳', '志文', '明超', '若水', '诺一', '国志', '蓝秀', '雷一'];

export const reads: readonly Line[] = [
  {
    key: 'teacher',
    title: 'one teacher by id',
    goal: 0.4,
    statements: 2,
    ours: ({ teachers, city }) => ({ shots: teachers.map((id) => get(`/api/v1/teachers/${id}`, city)) }),
    limit: ({ teachers }) => ({ shots: teachers.map((id) => bare('teacher', id)) }),
  },
  {
    key: 'page',
    title: 'county page of 20 by name + exact total',
    goal: 0.45,
    statements: 3,
    ours: ({ city }) => ({ shots: [get(`/api/v1/teachers?organisation=${countyCode}&limit=20`, city)] }),
    limit: () => ({ shots: [bare('page', countyCode)] }),
  },
  {
    key: 'search',
    title: 'search by a 2-character fragment, city',
    goal: 0.5,
    statements: 3,
    ours: ({ city }) => ({
      shots: pieces.map((q) =>
        get(`/api/v1/teachers?organisation=${cityCode}&q=${encodeURIComponent(q)}&limit=20`, city),
      ),
    }),
    limit: () => ({ shots: pieces.map((q) => bare('search', `${cityCode},${q}`)) }),
  },
  {
    key: 'schools',
    title: 'dashboard school × status of a city',
    goal: 0.7,
    statements: 1,
    // two keep the one core busy; of more the door turns some away, because each waits for the others' PostgreSQL
    ours: ({ city }) => ({ shots: [get(`/api/v1/progress/${cityCode}/counts?level=schools`, city)], connections: 2 }),
    limit: () => ({ shots: [bare('schools', cityCode)], connections: 2 }),
  },
  {
    key: 'children',
    title: 'dashboard children × status',
    goal: 0.4,
    statements: 1,
    ours: ({ city }) => ({ shots: [get(`/api/v1/progress/${cityCode}/counts`, city)] }),
    limit: () => ({ shots: [bare('children', cityCode)] }),
  },
];

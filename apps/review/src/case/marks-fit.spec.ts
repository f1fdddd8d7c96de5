import type { MarkedValue } from '@shidang/contracts';
import { isSchools, marksAstray } from './marks-fit';

const row = { entryId: 'e1', section: 'education' };
const submission = { category: 'primarySecondary', entries: [row, { entryId: 'b1', section: 'basic' }], changes: [] };
const mark = (over: Partial<MarkedValue>): MarkedValue => ({
  section: 'education',
  reason: 'wrong',
  words: '请核对',
  ...over,
});
const fields = (marks: MarkedValue[]) =>
  marksAstray(marks, submission).map((finding) => [finding.pointer, finding.field]);

it('marks on a value, a row, a section of the submission fit', () => {
  expect(
    fields([
      mark({ entryId: 'e1', indicator: 'major' }),
      mark({ entryId: 'e1' }),
      mark({}),
      mark({ section: 'basic', indicator: 'staffNo' }),
    ]),
  ).toEqual([]);
});

it.each([
  ['an unknown section', mark({ section: 'nosuch' }), 'section'],
  ['an unknown indicator', mark({ entryId: 'e1', indicator: 'foo' }), 'indicator'],
  ['an indicator nobody types', mark({ section: 'basic', indicator: 'highestEducation' }), 'indicator'],
  ['an indicator of a repeating section without its row', mark({ indicator: 'major' }), 'entryId'],
  ['a row that is not under review', mark({ entryId: 'e2', indicator: 'major' }), 'entryId'],
  ['a row of another section', mark({ section: 'work', entryId: 'e1' }), 'entryId'],
])('%s is astray', (_, wrong, field) => {
  expect(fields([mark({ entryId: 'e1' }), wrong])).toEqual([['/marks/1', field]]);
});

it('what only the school fills is the school’s to mend: a fact, its sections, whatever row of them', () => {
  const schools = [mark({ section: 'basic', indicator: 'name' }), mark({ section: 'pay', entryId: 'p1' })];
  const teachers = [mark({ entryId: 'e1', indicator: 'major' }), mark({}), mark({ section: 'nosuch' })];
  expect([...schools, ...teachers].map(isSchools)).toEqual([true, true, false, false, false]);
});

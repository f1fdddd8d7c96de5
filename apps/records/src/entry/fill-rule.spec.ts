import type { Mark } from '@shidang/contracts';
import { assertMayWrite, openKeys, type FillState } from './fill-rule';

const open: FillState = { stage: 'draft', lockedBy: null, openMarks: null };
const row = { id: 'e1', isEffective: false };
const write = (
  filler: 'teacher' | 'school',
  section: Parameters<typeof assertMayWrite>[2],
  keys: string[],
  state: FillState = open,
  target: typeof row | null = row,
) => assertMayWrite(filler, state, section, target ?? undefined, keys, 'primarySecondary');

describe('who may write what, when', () => {
  test.each(['assessment', 'pay', 'ethics', 'proTitle'] as const)(
    '三(三): %s is refused to the teacher and open to the school',
    (section) => {
      expect(() => write('teacher', section, [], open, null)).toThrow('records.not_yours_to_fill');
      expect(() => write('school', section, [], open, null)).not.toThrow();
    },
  );

  test('a section the teacher may fill nothing in is closed to him without keys, too', () => {
    for (const target of [row, null])
      expect(() => write('teacher', 'post', [], open, target)).toThrow('records.not_yours_to_fill');
    expect(() => write('school', 'post', [], open, null)).not.toThrow();
  });

  test('a teacher fills his education and not the staff category of the school', () => {
    expect(() => write('teacher', 'education', ['major'])).not.toThrow();
    expect(() => write('teacher', 'basic', ['onEstablishment'])).toThrow('records.not_yours_to_fill');
  });

  test('name, sex and birth date are the school’s to mend, the number nobody’s to retype', () => {
    expect(() => write('school', 'basic', ['name', 'sex', 'birthDate'])).not.toThrow();
    expect(() => write('teacher', 'basic', ['name'])).toThrow('records.not_yours_to_fill');
    for (const key of ['idNo', 'idDocType'])
      expect(() => write('school', 'basic', [key])).toThrow('records.not_yours_to_fill');
  });

  test('the name of an achievement is not the name of the person', () => {
    expect(() => write('teacher', 'achievement', ['name'])).not.toThrow();
  });

  test('a record in review is closed to everybody', () => {
    expect(() => write('school', 'education', ['major'], { ...open, lockedBy: 's' })).toThrow('records.in_review');
  });

  test('what is effective changes by request only, an added row is open', () => {
    const effective: FillState = { ...open, stage: 'effective' };
    expect(() => write('teacher', 'education', ['major'], effective, { ...row, isEffective: true })).toThrow(
      'records.change_path_only',
    );
    expect(() => write('teacher', 'education', ['major'], effective, null)).not.toThrow();
  });

  test('a single section has its one row', () => {
    expect(() => write('school', 'contact', ['mobile'], open, null)).toThrow('records.single_section');
  });

  test('an unknown key and one of another category are named', () => {
    expect(() => write('school', 'education', ['__proto__'])).toThrow('records.values_wrong');
    expect(() => write('school', 'teaching', ['vocCourseType'])).toThrow('records.values_wrong');
  });
});

describe('after a return', () => {
  const marked = (mark: Partial<Mark>): FillState => ({
    ...open,
    openMarks: [{ section: 'education', reason: 'wrong', ...mark }],
  });

  test('only the marked value of the marked row reopens', () => {
    const state = marked({ entryId: 'e1', indicator: 'major' });
    expect(() => write('teacher', 'education', ['major'], state)).not.toThrow();
    expect(() => write('teacher', 'education', ['educationSchool'], state)).toThrow('records.only_marked_fields');
    expect(() => write('teacher', 'education', ['major'], state, { ...row, id: 'e2' })).toThrow(
      'records.only_marked_fields',
    );
    expect(() => write('teacher', 'education', ['major'], state, null)).toThrow('records.only_marked_fields');
    expect(openKeys('teacher', state, 'education', row, 'primarySecondary')).toEqual(['major']);
    expect(openKeys('teacher', state, 'work', row, 'primarySecondary')).toEqual([]);
  });

  test('a marked section takes new rows', () => {
    expect(() => write('teacher', 'education', ['major'], marked({}), null)).not.toThrow();
    expect(() => write('teacher', 'work', ['employer'], marked({}), null)).toThrow('records.only_marked_fields');
  });
});

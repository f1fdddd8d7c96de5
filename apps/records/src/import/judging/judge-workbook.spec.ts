import { identityValues } from '@shidang/catalogue';
import {
  edited,
  makeCleanWorkbook,
  makeMistakesWorkbook,
  plantedMistakes,
  resaved,
  sampleTeachers,
  type SampleTeacher,
} from '@shidang/seed';
import { columnLetter } from '../workbook/cell-value';
import { readWorkbook } from '../workbook/read-workbook';
import type { Issue } from './issue';
import { judgePerson, type PersonJudgement } from './judge-person';
import { CategorySheets } from './category-sheet';
import { Once } from './judge-row';
import type { EntryOnFile, TeacherOnFile } from './on-file';
import { sheetIssues } from './sheet-issues';

const teachers = sampleTeachers();
/** Enough for what does not depend on how many there are. */
const few = teachers.slice(0, 12);

/** A teacher as registration leaves him: the two single rows, and nothing in them yet. */
function registered(teacher: SampleTeacher, entries?: readonly EntryOnFile[]): TeacherOnFile {
  const { name, sex, birthDate, document, category } = teacher;
  const empty = (section: 'basic' | 'contact'): EntryOnFile => ({
    id: `${document.number}/${section}`,
    section,
    naturalKey: null,
    version: 1,
    values: {},
    stored: {},
    isEffective: false,
  });
  return {
    id: document.number,
    orgPath: '0.33.3311.331102.2133001234.',
    category,
    state: { stage: 'not-started', lockedBy: null, openMarks: null },
    version: 1,
    identity: identityValues({ name, sex, birthDate, documentType: document.type, documentNumber: document.number }),
    entries: entries ?? [empty('basic'), empty('contact')],
  };
}

interface Judged {
  issues: Issue[];
  people: Map<string, PersonJudgement>;
}

async function judge(file: Buffer, onFile: ReadonlyMap<string, TeacherOnFile>): Promise<Judged> {
  const { heads, people } = await readWorkbook(file);
  const judging = {
    sheets: new CategorySheets(heads),
    role: 'informationAdministrator',
    today: '2026-11-23',
    defaultCategory: 'primarySecondary',
    once: new Once(),
  } as const;
  const judged = new Map(people.map((each) => [each.number, judgePerson(judging, each, onFile.get(each.number))]));
  return { issues: [...sheetIssues(heads), ...[...judged.values()].flatMap((each) => each.issues)], people: judged };
}

const newcomers = new Map(teachers.map((each) => [each.document.number, registered(each)]));

/** What is on file after the good rows were written. */
function after({ people }: Judged): Map<string, TeacherOnFile> {
  return new Map(
    few.map((teacher) => {
      const { number } = teacher.document;
      const before = newcomers.get(number)!;
      const writes = people.get(number)?.writes ?? [];
      const entries = writes.map((write, index): EntryOnFile => ({
        id: write.entry?.id ?? `${number}/${index}`,
        section: write.section,
        naturalKey: write.naturalKey,
        version: 1,
        values: write.values,
        stored: {},
        isEffective: false,
      }));
      const written = new Set(entries.map((each) => each.id));
      return [number, registered(teacher, [...before.entries.filter((each) => !written.has(each.id)), ...entries])];
    }),
  );
}

const changesIn = ({ people }: Judged) =>
  [...people.values()].flatMap((each) => each.writes.flatMap((write) => Object.keys(write.changes)));

describe('a workbook', () => {
  let file: Buffer;
  let judged: Judged;

  beforeAll(async () => {
    file = await makeCleanWorkbook(few);
    judged = await judge(file, newcomers);
  });

  it('with nothing wrong in it yields no finding, and every row is written', () => {
    expect(judged.issues).toEqual([]);
    expect(judged.people.size).toBe(few.length);
    for (const person of judged.people.values()) expect(person.writes).toHaveLength(person.rows);
  });

  it('with 37 planted mistakes yields exactly the 37', async () => {
    const { file: wrong, expected } = await makeMistakesWorkbook();
    const { issues } = await judge(wrong, newcomers);
    const found = issues.map(({ sheet, row, column, code }) => ({
      sheet,
      row,
      ...(column !== undefined && { column: columnLetter(column) }),
      code,
    }));
    const key = (one: { sheet: string; row?: number; column?: string; code: string }) =>
      `${one.sheet} ${one.column ?? ''}${one.row ?? ''} ${one.code}`;
    expect(found.map(key).sort()).toEqual(expected.map(key).sort());
    expect(expected).toHaveLength(plantedMistakes);
  });

  it('re-saved by another program changes nothing', async () => {
    const again = await judge(await resaved(file), after(judged));
    expect(again.issues).toEqual([]);
    expect(changesIn(again)).toEqual([]);
  });

  it('with three edited cells changes exactly three values', async () => {
    const three = await edited(file, [
      { sheet: '联系方式', cell: 'E5', value: '13905781234' },
      { sheet: '年度考核', cell: 'E2', value: '丽水市教育局' },
      { sheet: '国内培训', cell: 'H3', value: 77 },
    ]);
    const again = await judge(three, after(judged));
    expect(again.issues).toEqual([]);
    expect(changesIn(again).sort()).toEqual(['assessor', 'hours', 'mobile']);
  });

  it('about a record in review changes nothing and says why, once per teacher', async () => {
    const locked = new Map(
      [...newcomers].map(([number, each]) => [number, { ...each, state: { ...each.state, lockedBy: 'submission' } }]),
    );
    const { issues, people } = await judge(await makeCleanWorkbook(teachers.slice(0, 3)), locked);
    expect(issues.map((each) => each.code)).toEqual(['in_review', 'in_review', 'in_review']);
    expect([...people.values()].flatMap((each) => each.writes)).toEqual([]);
  });
});

import { identityValues, type SectionKey, type Value } from '@shidang/catalogue';
import { sampleSheets, sampleTeachers, writeWorkbook, type SampleCell, type SampleSheet } from '@shidang/seed';
import { mostRows } from '../../entry/most-rows';
import { columnLetter } from '../workbook/cell-value';
import { readWorkbook } from '../workbook/read-workbook';
import { CategorySheets } from './category-sheet';
import { judgePerson, type PersonJudgement } from './judge-person';
import { Once } from './judge-row';
import type { EntryOnFile, TeacherOnFile } from './on-file';

const [teacher] = sampleTeachers(1);

const entry = (section: SectionKey, values: Record<string, Value>, given: Partial<EntryOnFile> = {}): EntryOnFile => ({
  id: `${section}-${given.naturalKey ?? ''}`,
  section,
  naturalKey: null,
  version: 1,
  values,
  stored: {},
  isEffective: false,
  ...given,
});

function onFile(entries: readonly EntryOnFile[], given: Partial<TeacherOnFile> = {}): TeacherOnFile {
  const { name, sex, birthDate, document } = teacher!;
  const singles = (['basic', 'contact'] as const).filter(
    (section) => !entries.some((each) => each.section === section),
  );
  return {
    id: 'teacher',
    orgPath: '0.33.3311.331102.2133001234.',
    category: 'primarySecondary',
    state: { stage: 'draft', lockedBy: null, openMarks: null },
    version: 1,
    identity: identityValues({ name, sex, birthDate, documentType: document.type, documentNumber: document.number }),
    entries: [...singles.map((section) => entry(section, {})), ...entries],
    ...given,
  };
}

/** One sheet of the sample, changed by `change`. */
async function judge(
  section: SectionKey,
  change: (sheet: SampleSheet, set: (row: number, key: string, cell: SampleCell) => void) => void,
  of: TeacherOnFile | null = onFile([]),
): Promise<PersonJudgement> {
  const sheet = sampleSheets([teacher!], 2).find((each) => each.section === section)!;
  change(sheet, (row, key, cell) => (sheet.rows[row]![sheet.keys.indexOf(key)] = cell));
  const { heads, people } = await readWorkbook(await writeWorkbook([sheet]));
  const judging = {
    sheets: new CategorySheets(heads),
    role: 'informationAdministrator',
    today: '2026-11-23',
    defaultCategory: 'primarySecondary',
    once: new Once(),
  } as const;
  const judged = people.map((person) =>
    judgePerson(judging, person, person.number === teacher!.document.number ? (of ?? undefined) : undefined),
  );
  return {
    issues: judged.flatMap((each) => each.issues),
    writes: judged.flatMap((each) => each.writes),
    rows: 0,
    bad: judged.reduce((sum, each) => sum + each.bad, 0),
    unchanged: 0,
  };
}

const codes = ({ issues }: PersonJudgement) => issues.map((each) => each.code);
const nothing = () => undefined;

describe('a row over what is on file', () => {
  it('is refused when the section has no room for another', async () => {
    const onFileAlready = Array.from({ length: mostRows - 1 }, (_, n) =>
      entry('work', { employer: `学校${n}` }, { naturalKey: `${n}` }),
    );
    const judged = await judge('work', nothing, onFile(onFileAlready));
    expect(codes(judged).filter((code) => code === 'section_full')).toHaveLength(1);
    expect(judged.writes).toHaveLength(1);
  });

  it('keeps what its blank cells leave open', async () => {
    const judged = await judge(
      'contact',
      (_, set) => set(0, 'address', null),
      onFile([entry('contact', { address: '丽水市中山街2号', phone: '0578-1234567' })]),
    );
    expect(judged.writes[0]!.values).toMatchObject({ address: '丽水市中山街2号', phone: '0578-1234567' });
    expect(Object.keys(judged.writes[0]!.changes).sort()).toEqual(['email', 'mobile']);
  });

  it('takes away what it switches off itself', async () => {
    const judged = await judge(
      'basic',
      nothing,
      onFile([entry('basic', { grassrootsProject: '11', grassrootsStartMonth: '2010-09' })]),
    );
    expect(codes(judged)).toEqual([]);
    expect(judged.writes[0]!.values).not.toHaveProperty('grassrootsStartMonth');
  });

  it('empties an end by the word 至今', async () => {
    const start = { startMonth: '2010-08', employer: '丽水市第1小学' };
    const key = '["2010-08","丽水市第1小学"]';
    const judged = await judge(
      'work',
      (sheet, set) => {
        sheet.rows.splice(1);
        set(0, 'startMonth', start.startMonth);
        set(0, 'employer', start.employer);
        set(0, 'endMonth', '至今');
      },
      onFile([entry('work', { ...start, endMonth: '2016-07' }, { naturalKey: key })]),
    );
    expect(codes(judged)).toEqual([]);
    expect(judged.writes[0]!.changes).toHaveProperty('endMonth', undefined);
  });

  it('says what the cell says where the words repeat it, but no pay', async () => {
    const judged = await judge('assessment', (_, set) => set(0, 'year', '2035'));
    expect(judged.issues[0]).toMatchObject({ code: 'in_future', value: '2035' });
    const pay = await judge('pay', (_, set) => set(0, 'basicPay', '1.234'));
    expect(pay.issues[0]).toMatchObject({ code: 'too_many_decimals' });
    expect(pay.issues[0]).not.toHaveProperty('value');
    expect(pay.issues[0]!.words.zh).toContain('：该值最多保留两位小数');
  });

  it('is not told to fill in what is on file already', async () => {
    const missing = await judge('basic', (_, set) => set(0, 'itAbility', null));
    expect(codes(missing)).toEqual(['required']);
    const there = await judge(
      'basic',
      (_, set) => set(0, 'itAbility', null),
      onFile([entry('basic', { itAbility: '2' })]),
    );
    expect(codes(there)).toEqual([]);
  });

  it('does not touch what is effective, and does not complain when nothing would change', async () => {
    const values = { mobile: '13905780000' };
    const effective = onFile([entry('contact', values, { isEffective: true })]);
    const changed = await judge('contact', nothing, effective);
    expect(codes(changed)).toEqual(['change_path_only']);
    expect(changed.writes).toEqual([]);
    const same = await judge(
      'contact',
      (sheet, set) => {
        for (const key of sheet.keys.slice(2)) set(0, key, null);
        set(0, 'mobile', values.mobile);
      },
      effective,
    );
    expect(codes(same)).toEqual([]);
  });

  it('changes only what the reviewer marked after a return', async () => {
    const marks = [{ section: 'contact', indicator: 'mobile', reason: 'wrong' }];
    const returned = onFile([entry('contact', { mobile: '13905780000' })], {
      state: { stage: 'draft', lockedBy: null, openMarks: marks },
    });
    const more = await judge('contact', nothing, returned);
    expect(codes(more)).toEqual(['not_marked']);
    const only = await judge(
      'contact',
      (sheet, set) => {
        for (const key of sheet.keys.slice(2)) if (key !== 'mobile') set(0, key, null);
      },
      returned,
    );
    expect(codes(only)).toEqual([]);
    expect(Object.keys(only.writes[0]!.changes)).toEqual(['mobile']);
  });
});

describe('one root mistake is one finding', () => {
  it('for a required column somebody deleted', async () => {
    const judged = await judge('assessment', (sheet) => {
      const at = sheet.keys.indexOf('result');
      for (const cells of [sheet.header, sheet.keys, ...sheet.rows]) cells.splice(at, 1);
    });
    expect(codes(judged)).toEqual(['missing_column']);
    expect(judged.bad).toBe(2);
  });

  it('for a person who is not found, however many rows there are', async () => {
    const judged = await judge('assessment', nothing, null);
    expect(codes(judged)).toEqual(['unknown_person']);
    expect(judged.bad).toBe(2);
  });

  it('for a number with a slip, with the digit it should be', async () => {
    const judged = await judge('assessment', (_, set) => {
      set(
        0,
        'person.number',
        teacher!.document.number.slice(0, 17) + (teacher!.document.number.endsWith('1') ? '2' : '1'),
      );
    });
    expect(judged.issues.map(({ code, column, row }) => `${code} ${columnLetter(column!)}${row}`)).toEqual([
      'document_check_digit A2',
    ]);
    expect(judged.issues[0]!.words.zh).toContain(teacher!.document.number[17]);
  });

  it('for a cell with an error in it', async () => {
    const judged = await judge('assessment', (_, set) => set(0, 'result', { formula: 'NA()', result: '#N/A' }));
    expect(codes(judged)).toEqual(['formula_cell']);
  });
});

it('the facts that make a person are compared and never written', async () => {
  const judged = await judge('basic', (_, set) => set(0, 'birthDate', teacher!.birthDate));
  expect(codes(judged)).toEqual([]);
  for (const key of ['name', 'sex', 'birthDate', 'idDocType', 'idNo']) {
    expect(judged.writes[0]!.values).not.toHaveProperty(key);
  }
});

it('roles that fill nothing import nothing', async () => {
  const { heads, people } = await readWorkbook(await writeWorkbook(sampleSheets([teacher!], 1)));
  const judging = {
    sheets: new CategorySheets(heads),
    role: 'teacher',
    today: '2026-11-23',
    defaultCategory: 'primarySecondary',
    once: new Once(),
  } as const;
  const { writes, issues } = judgePerson(judging, people[0]!, onFile([]));
  const closed = issues.filter((each) => each.code === 'section_not_yours').map((each) => each.sheet);
  expect(closed).toEqual(['岗位聘任', '专业技术职务聘任', '基本待遇', '年度考核', '师德信息']);
  expect(writes.map((each) => each.section)).not.toContain('pay');
});

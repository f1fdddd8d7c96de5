import type { Caller } from '@shidang/access';
import type { Category } from '@shidang/catalogue';
import type { ImportCounts } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import type { Issue } from './judging/issue';
import { judgePerson, type Judging, type PersonJudgement } from './judging/judge-person';
import { today } from '../value/today';
import { CategorySheets } from './judging/category-sheet';
import { Once } from './judging/judge-row';
import type { WorkbookChoices } from './matching/workbook-choices';
import type { TeacherOnFile } from './judging/on-file';
import { isOpened, readFile } from './workbook/parser-process';
import type { SheetHead } from './workbook/filled-sheet';
import type { PersonRows } from './workbook/read-workbook';

/** People judged and written together: one read of what is on file, one transaction. */
export const peopleAtOnce = 25;

export const noCounts = (): ImportCounts => ({
  rows: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  bad: 0,
  valuesChanged: 0,
  findings: 0,
  errors: 0,
  teachers: 0,
  teachersTouched: 0,
});

export interface FileBatch {
  readonly heads: readonly SheetHead[];
  readonly people: readonly PersonRows[];
  /** Of the whole file. */
  readonly rows: number;
}

/** The people of a file in batches, after its heads. */
export async function* batchesOf(file: Buffer, choices: WorkbookChoices = {}): AsyncGenerator<FileBatch> {
  let heads: readonly SheetHead[] = [];
  let rows = 0;
  let people: PersonRows[] = [];
  for await (const one of readFile(file, choices)) {
    if (isOpened(one)) {
      ({ heads, rows } = one);
      yield { heads, people, rows };
      continue;
    }
    people.push(one);
    if (people.length < peopleAtOnce) continue;
    yield { heads, people, rows };
    people = [];
  }
  if (people.length > 0) yield { heads, people, rows };
}

export async function defaultCategory(sql: Sql, caller: Caller): Promise<Category> {
  const [row] = await sql<{ category: Category | null }>(`select category from organisation where code = $1`, [
    caller.orgCode,
  ]);
  return row?.category ?? 'primarySecondary';
}

/** One for a whole workbook: it remembers what was said once (`said` before), and how texts were read. */
export const judgingFor = (
  heads: readonly SheetHead[],
  caller: Caller,
  category: Category,
  said: Iterable<string> = [],
): Judging => ({
  sheets: new CategorySheets(heads),
  role: caller.role,
  today: today(),
  defaultCategory: category,
  once: new Once(said),
});

/** Rows judged before others have their turn: some 20 ms. */
const rowsAtOnce = 400;

export interface Judged {
  readonly rows: PersonRows;
  readonly person: PersonJudgement;
  readonly teacher: TeacherOnFile | undefined;
}

/** Judges a batch, letting others run between people: a workbook never stops the service from answering. */
export async function judgeAll(
  judging: Judging,
  people: readonly PersonRows[],
  onFile: ReadonlyMap<string, TeacherOnFile>,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  let rows = 0;
  for (const person of people) {
    const teacher = onFile.get(person.number);
    judged.push({ rows: person, person: judgePerson(judging, person, teacher), teacher });
    rows += person.rows.length;
    if (rows < rowsAtOnce) continue;
    rows = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return judged;
}

/** Adds what one person's rows come to. */
export function count(counts: ImportCounts, { person, teacher }: Omit<Judged, 'rows'>): void {
  counts.rows += person.rows;
  counts.bad += person.bad;
  counts.unchanged += person.unchanged;
  if (teacher) counts.teachers += 1;
  if (person.writes.length > 0) counts.teachersTouched = (counts.teachersTouched ?? 0) + 1;
  for (const write of person.writes) {
    if (write.entry) counts.changed += 1;
    else counts.added += 1;
    counts.valuesChanged += Object.keys(write.changes).length;
  }
  countIssues(counts, person.issues);
}

/** What one person's rows come to. */
export function countsOfOne(judged: Omit<Judged, 'rows'>): ImportCounts {
  const counts = noCounts();
  count(counts, judged);
  return counts;
}

export function countIssues(counts: ImportCounts, issues: readonly Issue[]): void {
  counts.findings += issues.length;
  counts.errors += issues.filter((issue) => issue.severity === 'error').length;
}

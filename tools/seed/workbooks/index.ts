import { sheetsWithMistakes, type ExpectedFinding } from './mistakes';
import { sampleSheets } from './sample-sheets';
import { sampleTeachers, type SampleTeacher } from './sample-teachers';
import { writeWorkbook } from './write-workbook';

export * from './hostile';
export { plantedMistakes, teacherElsewhere, type ExpectedFinding } from './mistakes';
export { sampleSheets, type SampleCell, type SampleSheet } from './sample-sheets';
export { sampleDay, sampleRecord, sampleTeachers, type SampleTeacher } from './sample-teachers';
export { edited, resaved, writeWorkbook } from './write-workbook';

/** A workbook about these teachers with nothing wrong in it; `rows` per repeating section, else one to three. */
export const makeCleanWorkbook = (
  teachers: readonly SampleTeacher[] = sampleTeachers(),
  rows?: number,
): Promise<Buffer> => writeWorkbook(sampleSheets(teachers, rows));

/**
 * The workbook of `sampleTeachers(60, seed)` with 37 mistakes, and where each has to be found. One of its rows is about
 * `teacherElsewhere()`.
 */
export async function makeMistakesWorkbook(
  seed?: string,
): Promise<{ file: Buffer; expected: readonly ExpectedFinding[] }> {
  const { sheets, expected } = sheetsWithMistakes(seed);
  return { file: await writeWorkbook(sheets), expected };
}

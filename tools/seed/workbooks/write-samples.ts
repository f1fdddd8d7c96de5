import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCleanWorkbook, makeMistakesWorkbook } from './index';

/**
 * Writes the sample workbooks for people to look at and to try: `node dist/tools/seed/workbooks/write-samples.js [folder]`.
 * Register the teachers of `sampleTeachers()` at one school first, and `teacherElsewhere()` at another.
 */
async function writeSamples(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { file, expected } = await makeMistakesWorkbook();
  writeFileSync(join(folder, 'clean.xlsx'), await makeCleanWorkbook());
  writeFileSync(join(folder, 'mistakes.xlsx'), file);
  writeFileSync(join(folder, 'expected-findings.json'), `${JSON.stringify(expected, null, 2)}\n`);
}

writeSamples(process.argv[2] ?? 'tools/seed/samples').catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});

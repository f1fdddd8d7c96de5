import { annotateWorkbook } from './annotate-workbook';
import { unframed, type Annotation } from './annotation';

/**
 * The annotating process: `node annotate-main.js`, annotation and file on standard input, the workbook on standard output. As the parser
 * it has no database, no keys and no network; one that fails says nothing and ends with 1.
 */
async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  const { given, file } = unframed<Annotation>(Buffer.concat(chunks));
  await annotateWorkbook(file, given, process.stdout);
}

main().catch(() => {
  process.exitCode = 1;
});

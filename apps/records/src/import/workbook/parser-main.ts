import { once } from 'node:events';
import type { WorkbookChoices } from '../matching/workbook-choices';
import { unframed } from './annotation';
import { inspectWorkbook } from './inspect-workbook';
import { limits } from './limits';
import { personToWire, type ParserLine } from './parser-protocol';
import { readWorkbook } from './read-workbook';
import { WorkbookFault } from './workbook-fault';

/** What comes before the file: what was said about its columns. */
const mostGiven = 1024 * 1024;

/**
 * The parser process: `node parser-main.js inspect|read`, choices of columns and the file on standard input, lines of JSON on standard output.
 * It has no database, no keys, no network and no file of its own; whoever starts it bounds its memory and time.
 */
async function main(): Promise<void> {
  const { given, file } = unframed<WorkbookChoices>(await fileFromInput());
  if (process.argv[2] === 'inspect') {
    await inspectWorkbook(file);
    await say({ kind: 'end' });
    return;
  }
  const { heads, people, rows } = await readWorkbook(file, given);
  await say({ kind: 'heads', heads, rows, people: people.length });
  for (const person of people) await say(personToWire(person));
  await say({ kind: 'end' });
}

async function fileFromInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.fileBytes + mostGiven)
      throw new WorkbookFault('fileTooLarge', { limitMb: limits.fileBytes / 1024 / 1024 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function say(line: ParserLine): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
}

main().catch(async (error: unknown) => {
  const fault = error instanceof WorkbookFault ? error : new WorkbookFault('unreadable', { part: 'xlsx' });
  await say({ kind: 'fault', fault: fault.fault, facts: { ...fault.facts } });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { dirname, join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { workbookRefusals, type Refusal } from '@shidang/contracts';
import type { WorkbookChoices } from '../matching/workbook-choices';
import { framed, type Annotation } from './annotation';
import type { SheetHead } from './filled-sheet';
import { personFromWire, type ParserLine } from './parser-protocol';
import type { PersonRows } from './read-workbook';
import type { FaultName } from './workbook-fault';

/** Bounds of one parser process (L3, L4). */
const memoryMegabytes = 256;
const seconds = {
  inspect: { cpu: 3, wall: 5 },
  read: { cpu: 60, wall: 240 },
  annotate: { cpu: 60, wall: 120 },
} as const;

/** A source run by tests has its compiled twin in `dist`, at the same place. */
function compiled(file: string): string {
  if (!__filename.endsWith('.ts')) return join(__dirname, file);
  const [before, after] = dirname(__filename).split(`${sep}apps${sep}records${sep}`);
  return join(before ?? '', 'dist', 'apps', 'records', after ?? '', file);
}

export type ParserMode = Exclude<keyof typeof seconds, 'annotate'>;

const refusalOf = (fault: FaultName, facts: Record<string, string | number>): Refusal =>
  (workbookRefusals[fault] as (facts: Record<string, string | number>) => Refusal)(facts);

/** Starts a process that has nothing but its standard input and output, and bounds of memory and time. */
function bounded(limit: keyof typeof seconds, ...program: string[]): ChildProcess {
  const node = [`--max-old-space-size=${memoryMegabytes}`, '--max-semi-space-size=8', ...program];
  // the shell is there for the limit of CPU seconds, which it hands to the process it becomes
  const script = `ulimit -c 0; ulimit -t ${seconds[limit].cpu}; exec "$0" "$@"`;
  return spawn('/bin/sh', ['-c', script, process.execPath, ...node], { stdio: ['pipe', 'pipe', 'ignore'], env: {} });
}

/** The workbook with what is wrong marked in it, written by a process of its own. */
export async function annotatedFile(annotation: Annotation, file: Buffer): Promise<Buffer> {
  const child = bounded('annotate', compiled('annotate-main.js'));
  const late = setTimeout(() => child.kill('SIGKILL'), seconds.annotate.wall * 1000);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const chunks: Buffer[] = [];
  child.stdout!.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin!.on('error', () => undefined);
  child.stdin!.end(framed(annotation, file));
  const code = await ended;
  clearTimeout(late);
  if (code !== 0) throw workbookRefusals.tooExpensive({});
  return Buffer.concat(chunks);
}

/** One run of the parser over one file. Ends with the process gone, whatever happens. */
export class ParserProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private readonly late: NodeJS.Timeout;

  constructor(mode: ParserMode, file: Buffer, choices: WorkbookChoices = {}) {
    this.child = bounded(mode, compiled('parser-main.js'), mode);
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
    this.late = setTimeout(() => this.child.kill('SIGKILL'), seconds[mode].wall * 1000);
    // a parser that refuses early closes its input before it has read everything
    this.child.stdin?.on('error', () => undefined);
    this.child.stdin?.end(framed(choices, file));
  }

  /** The lines it says; a process that dies before `end` ran out of memory or time. */
  async *lines(): AsyncGenerator<ParserLine> {
    const reader = createInterface({ input: this.child.stdout!, crlfDelay: Infinity });
    try {
      for await (const text of reader) {
        const line = JSON.parse(text) as ParserLine;
        if (line.kind === 'fault') throw refusalOf(line.fault, line.facts);
        if (line.kind === 'end') return;
        yield line;
      }
      throw workbookRefusals.tooExpensive({});
    } finally {
      reader.close();
      this.child.kill('SIGKILL');
      await this.ended;
      clearTimeout(this.late);
    }
  }
}

/** Looks at the file without reading its cells; throws the refusal that fits. */
export async function inspectFile(file: Buffer): Promise<void> {
  for await (const line of new ParserProcess('inspect', file).lines()) throw new Error(`unexpected line ${line.kind}`);
}

export interface OpenedWorkbook {
  readonly heads: readonly SheetHead[];
  readonly rows: number;
  readonly people: number;
}

/** Reads the file in its own process: first what the sheets are, then person by person, as fast as they are taken. */
export async function* readFile(
  file: Buffer,
  choices: WorkbookChoices = {},
): AsyncGenerator<OpenedWorkbook | PersonRows> {
  for await (const line of new ParserProcess('read', file, choices).lines()) {
    if (line.kind === 'heads') yield { heads: line.heads, rows: line.rows, people: line.people };
    else if (line.kind === 'person') yield personFromWire(line.number, line.rows);
  }
}

export const isOpened = (one: OpenedWorkbook | PersonRows): one is OpenedWorkbook => 'heads' in one;

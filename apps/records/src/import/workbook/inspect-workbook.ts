import { InflateBudget, limits } from './limits';
import { WorkbookFault } from './workbook-fault';
import { inflated, openArchive, type ZipEntry } from './zip-archive';

const macroTypes = /macroEnabled|vbaProject/i;
const sheetPart = /^xl\/worksheets\/[^/]+\.xml$/i;
const xmlPart = /\.(xml|rels|vml)$/i;

/**
 * Looks through a file without believing anything in it: format, macros, declarations of entities, what it really
 * inflates to, how many rows and cells it has. Costs one inflation and no parsing; throws `WorkbookFault`.
 */
export async function inspectWorkbook(bytes: Buffer): Promise<void> {
  const entries = openArchive(bytes);
  const types = entries.get('[Content_Types].xml');
  if (!types || ![...entries.keys()].some((name) => /^xl\/workbook[^/]*\.xml$/i.test(name)))
    throw new WorkbookFault('notXlsx');
  if ([...entries.keys()].some((name) => /vbaProject[^/]*\.bin$/i.test(name))) throw new WorkbookFault('hasMacros');
  const sheets = [...entries.keys()].filter((name) => sheetPart.test(name)).length;
  if (sheets > limits.sheets) throw new WorkbookFault('tooManySheets', { limit: limits.sheets });
  const budget = new InflateBudget();
  const counts = { cells: 0 };
  // the list of types goes first: it says what the others are
  for (const entry of new Set([types, ...entries.values()])) await inspectPart(bytes, entry, budget, counts);
}

async function inspectPart(
  bytes: Buffer,
  entry: ZipEntry,
  budget: InflateBudget,
  counts: { cells: number },
): Promise<void> {
  const scan = new PartScan(entry.name, counts);
  let first = true;
  for await (const chunk of inflated(bytes, entry, budget)) {
    if (first) refuseBeginnings(entry.name, chunk);
    first = false;
    scan.take(chunk);
  }
}

function refuseBeginnings(name: string, chunk: Buffer): void {
  if (chunk.length >= 4 && chunk.readUInt32LE(0) === 0x04034b50)
    throw new WorkbookFault('unsafe', { part: '嵌套压缩包 nested archive' });
  if (!xmlPart.test(name)) return;
  if (name === '[Content_Types].xml' && macroTypes.test(chunk.toString('latin1'))) throw new WorkbookFault('hasMacros');
  // UTF-16 would hide declarations from a search for bytes, and no program writes it
  if (chunk.subarray(0, 64).includes(0)) throw new WorkbookFault('unreadable', { part: name });
}

/** Searches the bytes of one part as they pass; `tail` keeps what a pattern cut in two would need. */
class PartScan {
  private tail = Buffer.alloc(0);
  private rows = 0;
  private readonly isXml: boolean;
  private readonly isSheet: boolean;

  constructor(
    private readonly name: string,
    private readonly counts: { cells: number },
  ) {
    this.isXml = xmlPart.test(name);
    this.isSheet = sheetPart.test(name);
  }

  take(chunk: Buffer): void {
    if (!this.isXml) return;
    const bytes = this.tail.length > 0 ? Buffer.concat([this.tail, chunk]) : chunk;
    if (bytes.includes('<!DOCTYPE') || bytes.includes('<!ENTITY')) {
      throw new WorkbookFault('unsafe', { part: 'XML 实体声明 DTD' });
    }
    if (this.isSheet) this.count(bytes);
    this.tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - tailLength)));
  }

  /** Matches that begin in the tail are counted when the next chunk is there. */
  private count(bytes: Buffer): void {
    const end = Math.max(0, bytes.length - tailLength);
    for (let at = bytes.indexOf('<row'); at >= 0 && at < end; at = bytes.indexOf('<row', at + 4)) {
      if (++this.rows > limits.rows) throw new WorkbookFault('tooManyRows', { sheet: this.name, limit: limits.rows });
    }
    for (let at = bytes.indexOf('<c '); at >= 0 && at < end; at = bytes.indexOf('<c ', at + 3)) {
      if (++this.counts.cells > limits.cells) throw new WorkbookFault('tooManyCells', { limit: limits.cells });
      // three letters in a reference: column 703 or beyond
      const third = bytes[at + 8] ?? 0;
      if (third >= 65 && third <= 90 && bytes.toString('latin1', at + 3, at + 6) === 'r="') {
        throw new WorkbookFault('tooManyColumns', { sheet: this.name, limit: limits.columns });
      }
    }
  }
}

const tailLength = 16;

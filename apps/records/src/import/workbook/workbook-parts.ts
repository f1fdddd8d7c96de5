import { posix } from 'node:path';
import { isDateFormat } from './cell-value';
import { limits, type InflateBudget } from './limits';
import { WorkbookFault } from './workbook-fault';
import { readXml } from './xml-events';
import type { ZipEntry } from './zip-archive';

export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: ZipEntry;
}

/** What has to be known before a sheet can be read. */
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly since1904: boolean;
  readonly strings: readonly string[];
  /** By index of a cell's style: does it show a date? */
  readonly dateStyles: readonly boolean[];
}

type Entries = ReadonlyMap<string, ZipEntry>;

interface Source {
  readonly bytes: Buffer;
  readonly entries: Entries;
  readonly budget: InflateBudget;
}

const decodeEscapes = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;

export { decodeEscapes };

async function relationsOf(source: Source, part: string): Promise<Map<string, { type: string; target: string }>> {
  const folder = posix.dirname(part);
  const entry = source.entries.get(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
  const relations = new Map<string, { type: string; target: string }>();
  if (!entry) return relations;
  await readXml(source.bytes, entry, source.budget, {
    open: (name, { Id, Type, Target, TargetMode }) => {
      if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.normalize(posix.join(folder, Target));
      relations.set(Id, { type: Type?.split('/').at(-1) ?? '', target });
    },
  });
  return relations;
}

async function sharedStrings({ bytes, entries, budget }: Source, part: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  const entry = part === undefined ? undefined : entries.get(part);
  if (!entry) return strings;
  let text = '';
  let inText = false;
  let inPhonetic = false;
  await readXml(bytes, entry, budget, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') inText = !inPhonetic;
      else if (name === 'rPh') inPhonetic = true;
    },
    text: (more) => {
      if (inText && text.length <= limits.characters) text += more;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') strings.push(decodeEscapes(text));
    },
  });
  return strings;
}

async function dateStylesOf({ bytes, entries, budget }: Source, part: string | undefined): Promise<boolean[]> {
  const entry = part === undefined ? undefined : entries.get(part);
  const styles: boolean[] = [];
  if (!entry) return styles;
  const formats = new Map<number, string>();
  let inCellFormats = false;
  await readXml(bytes, entry, budget, {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes['numFmtId'] ?? 0);
        styles.push(isDateFormat(id, formats.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

/** Reads the small parts: which sheets there are, shared strings, which styles are dates. */
export async function readParts(bytes: Buffer, entries: Entries, budget: InflateBudget): Promise<WorkbookParts> {
  const source = { bytes, entries, budget };
  const root = await relationsOf(source, '.');
  const main = [...root.values()].find((each) => each.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const workbook = entries.get(main);
  if (!workbook) throw new WorkbookFault('notXlsx');
  const relations = await relationsOf(source, main);
  const sheets: SheetPart[] = [];
  let since1904 = false;
  await readXml(bytes, workbook, budget, {
    open: (name, attributes) => {
      if (name === 'workbookPr') since1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
      const entry = entries.get(relations.get(id)?.target ?? '');
      if (!entry) return;
      sheets.push({ name: attributes['name'] ?? '', hidden: (attributes['state'] ?? 'visible') !== 'visible', entry });
      if (sheets.length > limits.sheets) throw new WorkbookFault('tooManySheets', { limit: limits.sheets });
    },
  });
  const partOf = (type: string) => [...relations.values()].find((each) => each.type === type)?.target;
  return {
    sheets,
    since1904,
    strings: await sharedStrings(source, partOf('sharedStrings')),
    dateStyles: await dateStylesOf(source, partOf('styles')),
  };
}

import { createInflateRaw } from 'node:zlib';
import { limits, type InflateBudget } from './limits';
import { WorkbookFault } from './workbook-fault';

/** A part as the central directory names it. The sizes it declares are not believed. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 0 | 8;
  readonly start: number;
  readonly compressedSize: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const oleMagic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const zipMagic = Buffer.from('504b0304', 'hex');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** Says what kind of file it is when it is no zip archive: half of the questions users ask. */
export function refuseOtherFormats(bytes: Buffer): void {
  if (bytes.length > limits.fileBytes)
    throw new WorkbookFault('fileTooLarge', { limitMb: limits.fileBytes / 1024 / 1024 });
  if (bytes.subarray(0, 8).equals(oleMagic)) {
    // the same container holds encrypted new workbooks and plain old ones: its directory names the streams in UTF-16
    const encrypted = bytes.includes(utf16('EncryptedPackage')) || bytes.includes(utf16('EncryptionInfo'));
    throw new WorkbookFault(encrypted ? 'encrypted' : 'oldFormat');
  }
  if (!bytes.subarray(0, 4).equals(zipMagic)) throw new WorkbookFault('notXlsx');
}

function endOfDirectory(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - endLength - 0xffff);
  for (let at = bytes.length - endLength; at >= lowest; at--) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  throw new WorkbookFault('truncated');
}

function checkedName(raw: Buffer): string {
  const name = raw.toString('utf8');
  const climbs = name.split(/[\\/]/).some((step) => step === '..');
  if (climbs || /^[\\/]|^[A-Za-z]:|\\|\0/.test(name))
    throw new WorkbookFault('unsafe', { part: '压缩包内的路径 unsafe path' });
  return name;
}

function entryAt(bytes: Buffer, at: number, directory: number): ZipEntry & { next: number } {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature) throw new WorkbookFault('truncated');
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  const compressedSize = bytes.readUInt32LE(at + 20);
  const nameLength = bytes.readUInt16LE(at + 28);
  const local = bytes.readUInt32LE(at + 42);
  const name = checkedName(bytes.subarray(at + 46, at + 46 + nameLength));
  if (flags & 1) throw new WorkbookFault('encrypted');
  if (method !== 0 && method !== 8) throw new WorkbookFault('unreadable', { part: name });
  if (local + 30 > directory || bytes.readUInt32LE(local) !== localSignature) throw new WorkbookFault('truncated');
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + compressedSize > directory) throw new WorkbookFault('truncated');
  const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  return { name, method, start, compressedSize, next };
}

/** The parts of an .xlsx by name. Nothing is inflated yet. */
export function openArchive(bytes: Buffer): ReadonlyMap<string, ZipEntry> {
  refuseOtherFormats(bytes);
  const end = endOfDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const directory = bytes.readUInt32LE(end + 16);
  if (count > limits.parts || directory > end)
    throw new WorkbookFault(count > limits.parts ? 'unsafe' : 'truncated', { part: `${count}` });
  const entries = new Map<string, ZipEntry>();
  const taken: ZipEntry[] = [];
  let at = directory;
  for (let i = 0; i < count; i++) {
    const entry = entryAt(bytes, at, directory);
    at = entry.next;
    if (entry.name.endsWith('/')) continue;
    if (entries.has(entry.name)) throw new WorkbookFault('unsafe', { part: entry.name });
    entries.set(entry.name, entry);
    taken.push(entry);
  }
  refuseOverlaps(taken);
  return entries;
}

/** Overlapping parts are how a small file pretends to hold many large ones. */
function refuseOverlaps(entries: ZipEntry[]): void {
  let end = 0;
  for (const entry of entries.sort((a, b) => a.start - b.start)) {
    if (entry.start < end) throw new WorkbookFault('unsafe', { part: entry.name });
    end = entry.start + entry.compressedSize;
  }
}

/** The bytes of a part, inflated as they are asked for and never beyond the budget. */
export async function* inflated(bytes: Buffer, entry: ZipEntry, budget: InflateBudget): AsyncGenerator<Buffer> {
  const raw = bytes.subarray(entry.start, entry.start + entry.compressedSize);
  if (entry.method === 0) {
    budget.take(raw.length);
    yield raw;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 128 * 1024 });
  inflate.end(raw);
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      budget.take(chunk.length);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof WorkbookFault) throw error;
    throw new WorkbookFault('truncated');
  } finally {
    inflate.destroy();
  }
}

import { SaxesParser } from 'saxes';
import { StringDecoder } from 'node:string_decoder';
import { WorkbookFault } from './workbook-fault';
import type { InflateBudget } from './limits';
import { inflated, type ZipEntry } from './zip-archive';

/** What a part is read with; names come without their namespace prefix, since programs choose different ones. */
export interface XmlReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Asked after every chunk; reading rests until it resolves. */
  rest?(): Promise<void> | undefined;
}

const local = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** Streams one XML part through a reader. Declarations of types and entities are refused, nothing outside is fetched. */
export async function readXml(bytes: Buffer, entry: ZipEntry, budget: InflateBudget, reader: XmlReader): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false, fileName: entry.name });
  parser.on('doctype', () => {
    throw new WorkbookFault('unsafe', { part: 'XML 实体声明 DTD' });
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => reader.open?.(local(tag.name), tag.attributes as Record<string, string>));
  if (reader.text) {
    parser.on('text', (text) => reader.text?.(text));
    parser.on('cdata', (text) => reader.text?.(text));
  }
  if (reader.close) parser.on('closetag', (tag) => reader.close?.(local(tag.name)));
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of inflated(bytes, entry, budget)) {
      parser.write(decoder.write(chunk));
      const rest = reader.rest?.();
      if (rest) await rest;
    }
    parser.write(decoder.end());
    parser.close();
  } catch (error) {
    if (error instanceof WorkbookFault) throw error;
    throw new WorkbookFault('unreadable', { part: entry.name });
  }
}

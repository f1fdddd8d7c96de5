import { inflateRawSync } from 'node:zlib';
import type { Canary } from '../canary/canary';
import type { Answer, Asked } from '../door/ask';
import type { Violation } from './violation';

const escapedJson = (word: string): string =>
  [...word].map((unit) => (unit > '~' ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit)).join('');

/** Without the ends, which depend on what stands beside it. */
const base64Of = (word: string): string[] =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  });

/** The ways a word may lie in bytes. */
function formsOf(word: string): Buffer[] {
  const texts = [
    word,
    escapedJson(word),
    encodeURIComponent(word),
    Buffer.from(word).toString('hex'),
    ...base64Of(word),
  ];
  const wide = Buffer.from(word, 'utf16le');
  const forms = [...new Set(texts)]
    .filter((text) => text.length >= 6 || text === word)
    .map((text) => Buffer.from(text));
  return [...forms, wide];
}

const forms = new Map<string, Buffer[]>();

/** Whether the word lies in there, in clear or in another spelling. */
export function liesIn(bytes: Buffer, word: string): boolean {
  const known = forms.get(word) ?? formsOf(word);
  forms.set(word, known);
  return known.some((form) => bytes.includes(form));
}

const localHeader = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** A workbook hides its words: the parts of a zip archive, plain. */
export function unpacked(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, 4).equals(localHeader)) return bytes;
  const parts: Buffer[] = [bytes];
  for (let at = 0; at >= 0 && at + 30 < bytes.length; at = bytes.indexOf(localHeader, at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.readUInt16LE(at + 8) !== 8) continue;
    try {
      parts.push(inflateRawSync(bytes.subarray(start)));
    } catch {
      // four bytes that merely look like the beginning of a part
    }
  }
  return Buffer.concat(parts);
}

/** Everything that went to somebody who may not know: status line apart, headers and body. */
export function leaks(
  asked: Asked & { readonly says: string },
  answer: Answer,
  canaries: readonly Canary[],
): Violation[] {
  const sent = Buffer.from(
    `${decoded(asked.path)}\n${JSON.stringify(asked.headers ?? {})}\n${asked.body?.toString() ?? ''}`,
  );
  const body = unpacked(answer.bytes ?? Buffer.from(answer.text));
  const told = Buffer.concat([Buffer.from(`${JSON.stringify(answer.headers)}\n`), body]);
  return canaries
    .filter(({ word }) => liesIn(told, word) && !liesIn(sent, word))
    .map(({ word, place }) => ({
      check: 'leaks',
      says: `${asked.says}: ${place} (${word}) in a ${answer.status}`,
      asked: `${asked.method} ${asked.path}`,
    }));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Two answers that differ in nothing but what belongs to the one request. */
export function sameness({ status, headers, text }: Answer, asked: string): string {
  const words = text
    .replace(/"(traceId|instance)":"[^"]*"/g, '')
    .replaceAll(asked, '·')
    .replaceAll(encodeURIComponent(asked), '·');
  return `${status} ${headers['etag'] ?? ''} ${headers['link'] ?? ''} ${words}`;
}

import { commonRefusals, type Finding } from '@shidang/contracts';

/** L4: nothing we ask for is nested deeper. */
export const deepestJson = 10;
export const mostJsonBytes = 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const refuse = (pointer: string, code: string, zh: string, en: string) =>
  commonRefusals
    .malformed({ fields: pointer || zh })
    .with([{ pointer, code: `request.${code}`, detail: zh, detailEn: en } satisfies Finding]);

/** Ways into the prototype; the second one is passed over in silence by who makes payloads of plain objects. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

interface Level {
  /** Keys seen so far; undefined inside an array. */
  keys?: Set<string>;
  /** The key or the index whose value is being read. */
  at: string | number;
}

/** One step of a JSON pointer (RFC 6901). */
const step = (at: string | number): string => `/${String(at).replace(/~/g, '~0').replace(/\//g, '~1')}`;

/** Where the string that begins at `start` ends (index after its quote). */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** A key is a string before a colon; escapes are undone so that `"\u0061"` and `"a"` are one key. */
function keyAt(text: string, start: number, end: number): string | undefined {
  let next = end;
  while (' \t\r\n'.includes(text[next] ?? '-')) next += 1;
  if (text[next] !== ':') return undefined;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    return undefined;
  }
}

function notedKey(levels: readonly Level[], key: string | undefined): void {
  const level = levels.at(-1);
  if (key === undefined || !level?.keys) return;
  level.at = key;
  const pointer = levels.map(({ at }) => step(at)).join('');
  if (forbiddenKeys.has(key))
    throw refuse(pointer, 'forbidden_key', `不允许的字段名 ${key}`, `the key ${key} is not allowed`);
  if (level.keys.has(key)) throw refuse(pointer, 'duplicate_key', `字段 ${key} 重复`, `the key ${key} appears twice`);
  level.keys.add(key);
}

function nextElement(level: Level | undefined): void {
  if (typeof level?.at === 'number') level.at += 1;
}

/**
 * What JSON.parse would silently accept: depth, repeated keys, ways into the prototype. One pass over the text without recursion,
 * before anything is built from it. Text that is not JSON may pass here; JSON.parse refuses it next.
 */
function scan(text: string): void {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      notedKey(levels, keyAt(text, at, end));
      at = end - 1;
    } else if (character === '{' || character === '[') {
      levels.push(character === '{' ? { keys: new Set(), at: '' } : { at: 0 });
      if (levels.length > deepestJson) {
        throw refuse(
          '',
          'too_deep',
          `JSON 嵌套超过 ${deepestJson} 层`,
          `the JSON is nested deeper than ${deepestJson}`,
        );
      }
    } else if (character === '}' || character === ']') levels.pop();
    else if (character === ',') nextElement(levels.at(-1));
  }
}

/** NUL cannot be stored by PostgreSQL; a lone surrogate is half a character. */
export function isSoundText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function checkTexts(value: unknown, pointer: string): void {
  if (typeof value === 'string') {
    if (!isSoundText(value)) {
      throw refuse(
        pointer,
        'unsound_text',
        '文字含有空字符或不完整的字符',
        'the text contains NUL or half a character',
      );
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      checkTexts(key, pointer);
      checkTexts(inner, pointer + step(key));
    }
  }
}

/** Reads a request body, or refuses it as `request.malformed` with the reason. An empty body is undefined. */
export function strictJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw refuse('', 'not_utf8', '内容不是 UTF-8 编码', 'the body is not UTF-8');
  }
  scan(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('', 'not_json', '内容不是 JSON', 'the body is not JSON');
  }
  checkTexts(value, '');
  return value;
}

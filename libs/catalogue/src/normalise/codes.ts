import type { Code, CodeTable } from '../code-table';
import type { Words } from '../section';
import type { Fix } from '../violation';
import { halfWidth } from './half-width';
import { quoted, refused, type Normalised } from './normalised';

interface Reading {
  readonly byCode: ReadonlyMap<string, Code>;
  readonly byName: ReadonlyMap<string, Code>;
  readonly order: ReadonlyMap<string, number>;
  /** The one length all codes have, when they have one: then a lost leading zero (1 for 01) can be given back. */
  readonly width?: number;
}

const readings = new WeakMap<CodeTable, Reading>();

function readingOf(table: CodeTable): Reading {
  let reading = readings.get(table);
  if (!reading) {
    const [first] = table.codes;
    const width = first && table.codes.every((each) => each.code.length === first.code.length) ? first.code.length : 0;
    reading = {
      byCode: new Map(table.codes.map((each) => [each.code, each])),
      byName: new Map(table.codes.map((each) => [halfWidth(each.name), each])),
      order: new Map(table.codes.map((each, index) => [each.code, index])),
      ...(width > 1 && { width }),
    };
    readings.set(table, reading);
  }
  return reading;
}

function find(text: string, table: CodeTable): Code | 'mismatch' | undefined {
  const { byCode, byName, width } = readingOf(table);
  const whole = byCode.get(text) ?? byName.get(text) ?? byCode.get(text.toUpperCase());
  if (whole) return whole;
  const hyphen = text.indexOf('-');
  if (hyphen > 0) {
    // "code-name" splits at the first hyphen only: names such as 在本单位任职-交流轮岗 contain more.
    const code = find(text.slice(0, hyphen).trim(), table);
    if (!code || code === 'mismatch') return undefined;
    return halfWidth(code.name) === text.slice(hyphen + 1).trim() ? code : 'mismatch';
  }
  return width && /^\d+$/.test(text) ? byCode.get(text.padStart(width, '0')) : undefined;
}

/** Shared characters, 0 to 1: enough to see that 大学本课 means 大学本科毕业. */
function likeness(a: string, b: string): number {
  const left = [...b];
  let shared = 0;
  for (const character of a) {
    const at = left.indexOf(character);
    if (at < 0) continue;
    left.splice(at, 1);
    shared++;
  }
  return (2 * shared) / ([...a].length + [...b].length);
}

/** The selectable code whose name is most like the text, if any is like it at all. Proposed to a human, never applied. */
export function suggestCode(text: string, table: CodeTable): Code | undefined {
  let best: Code | undefined;
  let bestLikeness = 0.4;
  for (const each of table.codes) {
    if (each.selectable === false) continue;
    const like = likeness(text, each.name);
    if (like > bestLikeness || (like === bestLikeness && !best)) [best, bestLikeness] = [each, like];
  }
  return best;
}

const fixTo = (code: Code | undefined, multiValue: boolean): Fix | undefined => {
  if (!code) return undefined;
  const named: Words = { zh: `改为 ${code.code}-${code.name}`, en: `Change to ${code.code}-${code.name}` };
  return { value: multiValue ? [code.code] : code.code, words: named };
};

const mostNamed = 8;

/** What may be written, as the template offers it; of a long table the first ones. */
function permitted({ codes }: CodeTable, comma: string, more: string): string {
  const options = codes.filter(({ selectable }) => selectable !== false);
  const named = options.slice(0, mostNamed).map(({ code, name }) => `${code}-${name}`);
  return named.join(comma) + (options.length > mostNamed ? more : '');
}

function readOne(text: string, table: CodeTable, multiValue: boolean): Code | Normalised {
  const code = find(text, table);
  if (code === 'mismatch') {
    return refused(
      'code_name_mismatch',
      `${quoted(text)} 的代码与名称不一致（代码表：${table.zhName}）`,
      `Code and name of ${quoted(text)} do not belong together (table: ${table.en})`,
    );
  }
  if (!code) {
    return refused(
      'unknown_code',
      `${quoted(text)} 不在代码表“${table.zhName}”中，可填：${permitted(table, '、', '等')}`,
      `${quoted(text)} is not in the code table "${table.en}"; permitted: ${permitted(table, ', ', ' …')}`,
      fixTo(suggestCode(text, table), multiValue),
    );
  }
  if (code.selectable !== false) return code;
  const children = table.codes.filter((each) => each.parent === code.code).map((each) => each.name);
  return refused(
    'heading_not_selectable',
    `“${code.name}”是分类，请选择其下的具体项（如${children.slice(0, 3).join('、')}）`,
    `"${code.name}" is a heading; choose one below it (${children.slice(0, 3).join(', ')})`,
  );
}

const textOf = (raw: unknown): string => {
  if (raw === true) return '1';
  if (raw === false) return '0';
  return halfWidth(String(raw));
};

/** Accepts a code, a name, or "code-name". */
export function normaliseCode(raw: unknown, table: CodeTable): Normalised {
  const found = readOne(textOf(raw), table, false);
  return 'name' in found ? { value: found.code } : found;
}

/** Splits at commas, semicolons, bars and line breaks, and at 、 outside brackets: names contain it inside. */
function partsOf(raw: unknown): readonly string[] {
  if (Array.isArray(raw)) return raw.map(textOf);
  return textOf(typeof raw === 'string' ? raw.replace(/[\r\n]+/g, ';') : raw).split(/[,;|]|、(?![^(]*\))/);
}

/** Codes in the order of the table, each once, so that the same choice is the same value. */
export function normaliseCodes(raw: unknown, table: CodeTable): Normalised {
  const codes = new Set<string>();
  for (const part of partsOf(raw)) {
    if (part.trim() === '') continue;
    const found = readOne(part.trim(), table, true);
    if (!('name' in found)) return found;
    codes.add(found.code);
  }
  const { order } = readingOf(table);
  if (codes.size === 0) return { value: undefined };
  return { value: [...codes].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)) };
}

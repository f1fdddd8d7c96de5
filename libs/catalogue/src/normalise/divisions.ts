import { divisions, provinces } from '../divisions';
import { halfWidth } from './half-width';
import { quoted, refused, type Normalised } from './normalised';

function fullNames(): Map<string, string> {
  const byCode = new Map(divisions.map((each) => [each.code, each]));
  const names = new Map<string, string>();
  for (const each of divisions) {
    if (each.level === 'central') continue;
    names.set(each.name, each.code);
    let full = each.name;
    for (let up = each.parent; up && up !== '000000'; up = byCode.get(up)?.parent ?? null) {
      full = (byCode.get(up)?.name ?? '') + full;
      names.set(full, each.code);
    }
  }
  for (const [prefix, name] of Object.entries(provinces)) if (prefix !== '83') names.set(name, `${prefix}0000`);
  return names;
}

let names: Map<string, string> | undefined;

/** Any well-formed six digits under a known province: the list on file holds Zhejiang and Lishui only. */
export const isDivisionCode = (text: string): boolean =>
  /^\d{6}$/.test(text) && text.slice(0, 2) !== '83' && provinces[text.slice(0, 2)] !== undefined;

/** Accepts a code, "code-name", or a name on file, alone or behind its province and city. */
export function normaliseDivision(raw: unknown): Normalised {
  const text = halfWidth(String(raw)).replace(/\s/g, '');
  const code = /^(\d{6})(?:-.*)?$/.exec(text)?.[1] ?? (names ??= fullNames()).get(text);
  if (code && isDivisionCode(code)) return { value: code };
  return refused(
    'unknown_division',
    `${quoted(raw)} 不是行政区划代码，请填六位代码（如 331102）`,
    `${quoted(raw)} is no division code; enter six digits such as 331102`,
  );
}

/** Name of a division for people: as far as it is on file, else its province and the code. */
export function divisionName(code: string): string {
  const known = divisions.find((each) => each.code === code);
  if (known) return known.name;
  const province = provinces[code.slice(0, 2)];
  return province ? (code.endsWith('0000') ? province : `${province} ${code}`) : code;
}

import type { Tier } from './tier';

/**
 * The materialised path of an organisation: segments from the root, each closed by a dot, as `0.33.3311.331102.2133001234.`
 * Half-open ranges over it need byte order (`collate "C"`); then 3311 cannot be mistaken for 33110.
 */
export const rootPath = '0.';
export const rootCode = '000000';

/** Division codes without their trailing pairs of zeros: 000000 → 0, 330000 → 33, 331100 → 3311, 331102 as it is. */
export function divisionSegment(code: string): string {
  if (!/^\d{6}$/.test(code)) throw new RangeError(`Not a division code: ${code}`);
  if (code === rootCode) return '0';
  return code.replace(/(00){1,2}$/, '');
}

/** Segment of an authority (6 digits, trimmed) or of a school (10 digits, whole). */
export function segmentOf(code: string): string {
  if (/^\d{10}$/.test(code)) return code;
  return divisionSegment(code);
}

/** Path of the organisation with this code under the given parent. */
export const childPath = (parent: string, code: string): string => `${parent}${segmentOf(code)}.`;

/** Organisation code at the end of a path: `0.33.` → 330000. */
export const codeOfPath = (path: string): string => lastSegment(path).padEnd(6, '0');

/** Everything at or below a path is `low <= x < high` in byte order. */
export const rangeOf = (path: string): { low: string; high: string } => ({ low: path, high: `${path.slice(0, -1)}/` });

/** Whether `other` is the organisation at `path` or below it. An empty path contains nothing. */
export const contains = (path: string, other: string): boolean => isPath(path) && other.startsWith(path);

/** Undefined for the root, which has no education authority above it. */
export function parentPath(path: string): string | undefined {
  const cut = path.lastIndexOf('.', path.length - 2);
  return cut < 0 ? undefined : path.slice(0, cut + 1);
}

/** Paths above, the root first, without the path itself. */
export function ancestorsOf(path: string): string[] {
  const above: string[] = [];
  for (let up = parentPath(path); up !== undefined; up = parentPath(up)) above.unshift(up);
  return above;
}

export const isPath = (text: string): boolean => /^0\.(\d+\.)*$/.test(text);

const lastSegment = (path: string): string => path.slice(0, -1).split('.').pop() ?? '';

const tierByLength: Readonly<Record<number, Tier>> = {
  1: 'central',
  2: 'province',
  4: 'city',
  6: 'county',
  10: 'school',
};

/** Tier by the form of the last segment; a city-run school is a school though it stands where a county would. */
export function tierOfPath(path: string): Tier {
  const tier = isPath(path) ? tierByLength[lastSegment(path).length] : undefined;
  if (!tier) throw new RangeError(`Not an organisation path: ${path}`);
  return tier;
}

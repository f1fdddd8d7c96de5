import type { CellValue, Finding } from '@shidang/contracts';
import { isRealDay } from './china-day';
import type { Figures } from './figures';
import { cellOf, cells, type Cell } from './form';

const mostText = 2_000;
const mostPeople = 1_000_000;

const found = (key: string, code: string, detail: string, detailEn: string): Finding => ({
  pointer: `/cells/${key}`,
  field: key,
  code: `reporting.${code}`,
  detail,
  detailEn,
});

type TypedCell = Extract<Cell, { kind: 'typed' }>;

const fits: Readonly<Record<TypedCell['type'], (value: CellValue) => boolean>> = {
  integer: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= mostPeople,
  yesNo: (value) => typeof value === 'boolean',
  day: (value) => typeof value === 'string' && isRealDay(value),
  text: (value) => typeof value === 'string' && value.length <= mostText,
};

const wanted: Readonly<Record<TypedCell['type'], [zh: string, en: string]>> = {
  integer: ['应为不小于 0 的整数', 'must be a whole number, not negative'],
  yesNo: ['应为“是”或“否”（true / false）', 'must be true or false'],
  day: ['应为真实日期，格式 2016-11-23', 'must be a real day like 2016-11-23'],
  text: [`应为不超过 ${mostText} 字的文字`, `must be a text of at most ${mostText} characters`],
};

/** What is wrong with typed values: a key that is not typed by people, or a value that does not fit its cell. */
export function findingsOfTyped(values: Figures): Finding[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const cell = cellOf(key);
    if (cell?.kind !== 'typed')
      return [
        found(
          key,
          'cell_not_typed',
          '该项由系统取数或不存在，不能填写',
          'This cell is filled by the register or does not exist',
        ),
      ];
    if (value === null || fits[cell.type](value)) return [];
    const [zh, en] = wanted[cell.type];
    return [found(key, 'cell_value', `${cell.label.zh}${zh}`, `${cell.label.en} ${en}`)];
  });
}

/** What a new month begins with. */
export const carriedOver = (typed: Figures): Record<string, CellValue> =>
  Object.fromEntries(
    Object.entries(typed).filter(([key]) => {
      const cell = cellOf(key);
      return cell?.kind === 'typed' && cell.carriedOver === true;
    }),
  );

const isBlank = (value: CellValue | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** What keeps a sheet from being submitted. */
export function findingsOfSheet(own: Figures): Finding[] {
  return cells.flatMap((cell) => {
    if (cell.kind !== 'typed') return [];
    const value = own[cell.key];
    const needed = cell.required || (cell.neededWith !== undefined && own[cell.neededWith] === true);
    if (needed && isBlank(value))
      return [found(cell.key, 'cell_missing', `请填写${cell.label.zh}`, `Fill in: ${cell.label.en}`)];
    const limit = cell.atMost === undefined ? undefined : own[cell.atMost];
    if (typeof value === 'number' && typeof limit === 'number' && value > limit)
      return [
        found(
          cell.key,
          'cell_too_large',
          `${cell.label.zh}不得超过 ${limit}`,
          `${cell.label.en} must not exceed ${limit}`,
        ),
      ];
    return [];
  });
}

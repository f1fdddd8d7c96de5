import { belongsUnder } from '../code-tables';
import { comparePeriods } from '../normalise/calendar';
import { words } from '../violation';
import type { FieldPlan } from './plan';
import type { RowCheck } from './row-check';

/** One value against another of the same row; only sound values are compared. */
export function checkCompared(check: RowCheck, field: FieldPlan): void {
  const { notBefore, after, levelOf, differsFrom, parentIs } = field.indicator;
  const value = check.values[field.key];
  const order = (key: string) => (check.isSound(key) ? compare(value, check.values[key]) : undefined);
  const say = (code: string, key: string, zh: string, en: string, zhEnd = '') => {
    const other = check.plan.byKey.get(key);
    const shown = shownValue(other, check.values[key]);
    const text = words(
      `${field.label.zh}${zh}${other?.label.zh}（${shown}）${zhEnd}`,
      `${field.label.en} ${en} ${other?.label.en} (${shown})`,
    );
    check.add(code, field.key, text);
  };
  if (notBefore && (order(notBefore) ?? 0) < 0) {
    const isNumber = typeof value === 'number';
    return say('before_start', notBefore, isNumber ? '不能小于' : '不能早于', isNumber ? 'is less than' : 'precedes');
  }
  if (after && (order(after) ?? 1) <= 0) return say('before_start', after, '应晚于', 'must be later than');
  if (differsFrom && order(differsFrom) === 0) return say('same_as_other', differsFrom, '不能与', 'equals', '相同');
  if (parentIs && check.isSound(parentIs)) {
    if (field.codes?.get(String(value))?.parent !== check.values[parentIs]) {
      return say('level_mismatch', parentIs, '与', 'does not belong to', '不一致');
    }
  }
  if (levelOf && check.isSound(levelOf)) {
    const above = check.plan.byKey.get(levelOf)?.codes;
    if (belongsUnder(field.codes?.get(String(value)), String(check.values[levelOf]), above)) return;
    say('level_mismatch', levelOf, '不属于所选的', 'does not belong to');
  }
}

function shownValue(field: FieldPlan | undefined, value: unknown): string {
  const name = field?.codes?.get(String(value))?.name;
  return name === undefined ? String(value) : `${String(value)}-${name}`;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return comparePeriods(String(a), String(b));
}

import { isEmpty, rowViolations, type Value } from '@shidang/catalogue';
import { recordsRefusals, type Finding } from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import { readValues } from '../entry/checked-values';
import { documentNumberOf, identityOf, type RecordHead } from '../teacher/record-state';
import { isSensitive, openValue, openValues, sealValue, type Sealed } from '../value/sealed-values';
import { today } from '../value/today';
import type { ChangeTarget } from './change-target';

/** The new value as it is stored, null when it empties; refused when it cannot be read, changes nothing or makes the row wrong. */
export function wantedValue(
  vault: Vault,
  head: RecordHead,
  target: ChangeTarget,
  typed: unknown,
): Value | Sealed | null {
  const { entryId, section, indicator, category } = target;
  const read = readValues(section, { [indicator]: typed ?? null }, category)[indicator];
  const before = openValue(vault, entryId, indicator, target.before);
  if (JSON.stringify(before ?? null) === JSON.stringify(read ?? null)) throw recordsRefusals.nothingChanges({});
  refuseErrors(vault, head, target, read);
  if (read === undefined || isEmpty(read)) return null;
  return isSensitive(section, indicator) ? sealValue(vault, entryId, indicator, read) : read;
}

/** The row with the new value must be right; what was wrong before is not this request's business. */
function refuseErrors(vault: Vault, head: RecordHead, target: ChangeTarget, value: Value | undefined): void {
  const { entryId, section, indicator, category, effective } = target;
  const identity = section === 'basic' ? identityOf(head, documentNumberOf(vault, head)) : {};
  const now = { ...openValues(vault, entryId, effective), ...identity };
  const errorsIn = (values: Record<string, unknown>) =>
    rowViolations(section, values, category, { today: today() }).filter((each) => each.severity === 'error');
  const known = new Set(errorsIn(now).map((each) => `${each.code}|${each.field}`));
  const made = errorsIn({ ...now, [indicator]: value }).filter((each) => !known.has(`${each.code}|${each.field}`));
  if (made.length === 0) return;
  throw recordsRefusals.valuesWrong({}).with(
    made.map((each): Finding => ({
      pointer: '/value',
      field: each.field,
      code: `records.${each.code}`,
      detail: each.words.zh,
      detailEn: each.words.en,
    })),
  );
}

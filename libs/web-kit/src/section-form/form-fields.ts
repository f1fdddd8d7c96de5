import {
  fillableBy,
  findIndicator,
  formFields,
  type Code,
  type Indicator,
  type SectionKey,
  type Words,
} from '@shidang/catalogue';
import type { SectionDraft } from './section-draft';

/** Which input draws it. */
export type FieldKind =
  | 'text'
  | 'longText'
  | 'number'
  | 'date'
  | 'month'
  | 'year'
  | 'yesNo'
  | 'code'
  | 'codes'
  | 'division'
  | 'document'
  | 'file';

/** Why a field cannot be written here and now; the words stand beside it. */
export type ClosedReason =
  'derived' | 'identity' | 'school' | 'effective' | 'review' | 'left' | 'notMarked' | 'role' | 'file';

/** What decides over a row: the server's answer, never a guess of the browser. */
export interface RowRights {
  /** Keys this caller may fill in this row now. */
  readonly keys: readonly string[];
  readonly isEffective: boolean;
  readonly closedBecause?: 'review' | 'left';
  readonly returned: boolean;
  /** May this role fill anything at all? */
  readonly fills: boolean;
  readonly isTeacher: boolean;
}

export interface SectionField {
  readonly key: string;
  readonly kind: FieldKind;
  readonly label: Words;
  readonly indicator: Indicator;
  readonly required: boolean;
  readonly choices?: readonly Code[];
  /** As the input shows it: what was typed when it cannot be read. */
  readonly value: unknown;
  /** Masked: something is there that is not shown. */
  readonly isHidden: boolean;
  readonly closed?: ClosedReason;
}

function kindOf(indicator: Indicator, choices: readonly Code[] | undefined): FieldKind {
  const { type, multiValue, form, codeTable } = indicator;
  if (type === 'code') return multiValue ? 'codes' : codeTable === 'yesNo' && choices?.length === 2 ? 'yesNo' : 'code';
  if (type === 'text') return 'longText';
  if (type === 'integer' || type === 'decimal') return 'number';
  if (type === 'string') return form === 'document' ? 'document' : 'text';
  return type;
}

function whyClosed(section: SectionKey, indicator: Indicator, rights: RowRights): ClosedReason | undefined {
  if (indicator.type === 'file') return 'file';
  if (rights.keys.includes(indicator.key)) return undefined;
  const by = fillableBy(section, indicator);
  if (by === 'nobody') return 'derived';
  if (indicator.identityFact === 'documentType' || indicator.identityFact === 'documentNumber') return 'identity';
  if (rights.isTeacher && by === 'school') return 'school';
  if (!rights.fills) return 'role';
  if (rights.closedBecause) return rights.closedBecause;
  if (rights.isEffective) return 'effective';
  return rights.returned ? 'notMarked' : rights.isTeacher ? 'school' : 'role';
}

/** The fields of a row as they are drawn now; what another choice switched off is not among them. */
export function fieldsOf(draft: SectionDraft, rights: RowRights): SectionField[] {
  const { section, category, values, unread, hidden } = draft;
  return formFields(section, values, category)
    .filter((field) => !field.off || field.indicator.key in unread)
    .map(({ indicator, label, required, choices }): SectionField => {
      const { key } = indicator;
      const closed = whyClosed(section, indicator, rights);
      return {
        key,
        kind: kindOf(indicator, choices),
        label,
        indicator,
        required,
        ...(choices && { choices }),
        value: unread[key] ?? values[key],
        isHidden: hidden.includes(key),
        ...(closed && { closed }),
      };
    });
}

export const labelIn = (section: SectionKey, key: string): Words => {
  const indicator = findIndicator(section, key);
  return { zh: indicator?.zhName ?? key, en: indicator?.en ?? key };
};

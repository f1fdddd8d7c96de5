import { findIndicator, mask, maskDocumentNumber, type SectionKey } from '@shidang/catalogue';
import type { CaseStage, ChangeRequestView } from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import { openValue } from '../value/sealed-values';

export interface ChangeRow {
  id: string;
  teacher_id: string;
  entry_id: string;
  section: SectionKey;
  indicator: string;
  old_value: unknown;
  new_value: unknown;
  reason: string;
  evidence: string[];
  state: string;
  case_stage: CaseStage | null;
  submission_id: string;
  requested_by: string;
  requested_at: Date;
  version: number;
}

export const changeColumns = `c.id, c.teacher_id, c.entry_id, c.section, c.indicator, c.old_value, c.new_value, c.reason, c.evidence,
  c.state, c.case_stage, c.submission_id, c.requested_by, c.requested_at, c.version`;

/** A stored value as it is shown beside a change: opened, then masked when sensitive. */
export function shownValue(
  vault: Vault,
  at: { entryId: string; section: SectionKey; indicator: string },
  stored: unknown,
): unknown {
  const indicator = findIndicator(at.section, at.indicator);
  const value = openValue(vault, at.entryId, at.indicator, stored ?? undefined);
  if (indicator?.identityFact === 'documentNumber') return maskDocumentNumber(String(value ?? ''));
  return indicator ? mask(indicator, value) : value;
}

export function toChangeView(vault: Vault, row: ChangeRow): ChangeRequestView {
  const at = { entryId: row.entry_id, section: row.section, indicator: row.indicator };
  return {
    id: row.id,
    teacherId: row.teacher_id,
    ...at,
    oldValue: shownValue(vault, at, row.old_value),
    newValue: shownValue(vault, at, row.new_value),
    reason: row.reason,
    evidence: row.evidence,
    state: row.state,
    caseStage: row.case_stage ?? undefined,
    submissionId: row.submission_id,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    etag: String(row.version),
  };
}

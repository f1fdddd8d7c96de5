import type { SectionKey } from '@shidang/catalogue';
import type { CaseStage, CorrectionState, CorrectionView } from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import { shownValue } from '../change/change-view';

export interface CorrectionRow {
  id: string;
  teacher_id: string;
  teacher_name: string;
  category: string;
  entry_id: string;
  section: SectionKey;
  indicator: string;
  present_value: unknown;
  proposes: boolean;
  proposed_value: unknown;
  reason: string;
  state: CorrectionState;
  words: string | null;
  change_request_id: string | null;
  change_state: string | null;
  change_stage: CaseStage | null;
  asked_at: Date;
  answered_at: Date | null;
}

/** What a request to correct says, with the name it is about and where its change application stands. */
export const selectCorrections = `select c.id, c.teacher_id, t.name as teacher_name, t.category, c.entry_id, c.section, c.indicator, c.present_value, c.proposes,
    c.proposed_value, c.reason, c.state, c.words, c.change_request_id, r.state as change_state, r.case_stage as change_stage, c.asked_at, c.answered_at
  from correction c join teacher t on t.id = c.teacher_id left join change_request r on r.id = c.change_request_id`;

export function toCorrectionView(vault: Vault, row: CorrectionRow): CorrectionView {
  const at = { entryId: row.entry_id, section: row.section, indicator: row.indicator };
  return {
    id: row.id,
    teacherId: row.teacher_id,
    teacherName: row.teacher_name,
    category: row.category,
    ...at,
    presentValue: shownValue(vault, at, row.present_value),
    proposes: row.proposes,
    ...(row.proposes && { proposedValue: shownValue(vault, at, row.proposed_value) }),
    reason: row.reason,
    state: row.state,
    words: row.words ?? undefined,
    changeRequestId: row.change_request_id ?? undefined,
    changeState: row.change_state ?? undefined,
    changeStage: row.change_stage ?? undefined,
    askedAt: row.asked_at.toISOString(),
    answeredAt: row.answered_at?.toISOString(),
  };
}

import type { CaseStage, RecordStage, RecordStatus, TeacherView } from '@shidang/contracts';

/** A teacher as lists and single reads select him: one lean row. */
export interface TeacherRow {
  id: string;
  name: string;
  sex: string;
  birth_date: string;
  doc_type: string;
  doc_masked: string;
  code_masked: string;
  code_form: string;
  school_code: string;
  school_name: string | null;
  category: string;
  status: RecordStatus;
  stage: RecordStage;
  case_stage: CaseStage | null;
  case_id: string | null;
  case_since: Date | null;
  in_review: boolean;
  effective_version: number;
  registered_at: Date;
  updated_at: Date;
  version: number;
}

export const teacherColumns = `t.id, t.name, t.sex, t.birth_date::text as birth_date, t.doc_type, t.doc_masked, t.code_masked, t.code_form,
  t.school_code, (select o.name from organisation o where o.code = t.school_code) as school_name,
  t.category, t.status, t.stage, t.case_stage, t.case_id, t.case_since, t.locked_by is not null as in_review, t.effective_version,
  t.registered_at, t.updated_at, t.version`;

export const toTeacherView = (row: TeacherRow): TeacherView => ({
  id: row.id,
  name: row.name,
  sex: row.sex,
  birthDate: row.birth_date,
  documentType: row.doc_type,
  documentMasked: row.doc_masked,
  personalCodeMasked: row.code_masked,
  personalCodeFormal: row.code_form !== 'L',
  organisation: row.school_code,
  organisationName: row.school_name ?? undefined,
  category: row.category,
  status: row.status,
  stage: row.stage,
  caseStage: row.case_stage ?? undefined,
  caseId: row.case_id ?? undefined,
  caseSince: row.case_since?.toISOString(),
  inReview: row.in_review,
  effectiveVersion: row.effective_version,
  registeredAt: row.registered_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  etag: String(row.version),
});

import type { DurableName, ServiceName } from '@shidang/contracts';

/** Everything checkers look at, plain; read from all databases after a run. Columns keep their database names. */
export interface FinalState {
  /** Since the run began. */
  readonly audit: readonly AuditRow[];
  readonly answers: readonly StoredAnswer[];
  readonly outbox: readonly OutboxRow[];
  readonly inbox: readonly InboxRow[];
  readonly deadLetters: readonly DeadLetterRow[];
  readonly records: RecordsState;
  readonly review: ReviewState;
  readonly reporting: ReportingState;
  readonly notifications: NotificationsState;
  readonly identity: IdentityState;
}

export interface AuditRow {
  readonly service: ServiceName;
  readonly account_id: string | null;
  readonly what: string;
  readonly object: string | null;
  readonly concerns: string | null;
  readonly result: string;
  readonly trace_id: string | null;
}

export interface StoredAnswer {
  readonly service: ServiceName;
  readonly contract: string;
  readonly key: string;
}

export interface OutboxRow {
  readonly service: ServiceName;
  readonly id: string;
  readonly subject: string;
  readonly trace: string;
  readonly published: boolean;
  /** Told since the run began. */
  readonly fresh: boolean;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface InboxRow {
  readonly service: ServiceName;
  readonly durable: DurableName;
  readonly message_id: string;
}

export interface DeadLetterRow {
  readonly service: ServiceName;
  readonly durable: string;
  readonly subject: string;
  readonly message_id: string;
  readonly error: string;
}

export interface TeacherRow {
  readonly id: string;
  readonly org_path: string;
  readonly school_code: string;
  readonly category: string;
  readonly name: string;
  readonly birth_date: string;
  readonly stage: string;
  readonly status: string;
  readonly case_id: string | null;
  readonly case_stage: string | null;
  readonly locked_by: string | null;
  readonly version: number;
  readonly effective_version: number;
}

export interface EntryRow {
  readonly id: string;
  readonly teacher_id: string;
  readonly version: number;
  readonly removed: boolean;
}

export interface EntryVersionRow {
  readonly entry_id: string;
  readonly section: string;
  readonly version: number;
  readonly removed: boolean;
  /** `screen` or `import`. */
  readonly via: string;
  readonly import_id: string | null;
  /** Name of a training programme. */
  readonly mark: string | null;
  /** Since the run began. */
  readonly fresh: boolean;
}

export interface RecordsState {
  readonly teachers: readonly TeacherRow[];
  /** With a version since the run began. */
  readonly entries: readonly EntryRow[];
  /** All versions of these entries. */
  readonly entryVersions: readonly EntryVersionRow[];
  readonly submissions: readonly SubmissionRow[];
  readonly reviews: readonly SubmissionReviewRow[];
  readonly effective: readonly EffectiveRow[];
  readonly imports: readonly ImportRow[];
}

export interface SubmissionRow {
  readonly id: string;
  readonly teacher_id: string;
  readonly kind: string;
  readonly state: string;
  readonly fresh: boolean;
}

export interface SubmissionReviewRow {
  readonly submission_id: string;
  readonly step: string;
  readonly verdict: string;
}

export interface EffectiveRow {
  readonly teacher_id: string;
  readonly version: number;
  readonly submission_id: string;
}

export interface ImportRow {
  readonly id: string;
  readonly state: string;
  readonly failure: string | null;
}

export interface CaseRow {
  readonly id: string;
  readonly submission_id: string;
  readonly teacher_id: string;
  readonly kind: string;
  readonly stage: string;
  readonly version: number;
  readonly held_by: string | null;
}

export interface DecisionRow {
  readonly id: string;
  readonly case_id: string;
  readonly step: string;
  readonly verdict: string;
  readonly batch_id: string | null;
  readonly fresh: boolean;
}

export interface ReviewState {
  readonly cases: readonly CaseRow[];
  readonly decisions: readonly DecisionRow[];
  readonly batches: readonly { readonly id: string; readonly state: string }[];
  readonly batchItems: readonly { readonly batch_id: string; readonly case_id: string; readonly result: string }[];
  readonly receipts: readonly string[];
}

/** A figure kept, or the same counted anew from the owners' tables. */
export interface Figure {
  readonly org_path: string;
  readonly measure: string;
  readonly category: string;
  readonly n: number;
}

export interface ReportRow {
  readonly id: string;
  readonly org_code: string;
  readonly month: string;
  readonly stage: string;
  readonly number: number;
  readonly version: number;
}

export interface ReportingState {
  readonly states: readonly {
    readonly teacher_id: string;
    readonly status: string;
    readonly effective_version: number;
  }[];
  readonly rollup: readonly Figure[];
  readonly headCounts: readonly HeadCountRow[];
  readonly organisations: readonly { readonly org_path: string; readonly tier: string }[];
  readonly reports: readonly ReportRow[];
  readonly sheets: readonly { readonly report_id: string; readonly number: number }[];
  /** `GET /progress/{code}` of a county, as people see it. */
  readonly progress: readonly { readonly org_path: string; readonly figures: Readonly<Record<string, number>> }[];
}

export interface HeadCountRow {
  readonly school_code: string;
  readonly org_path: string;
  readonly version: number;
  readonly in_force: number;
  readonly confirmed: number | null;
}

export interface PostRow {
  readonly account_id: string;
  readonly role: string;
  readonly org_path: string;
}

export interface NotificationsState {
  readonly notices: readonly { readonly account_id: string; readonly kind: string; readonly count: number }[];
  /** Whom a message was told, with the kind of notice it gave. */
  readonly told: readonly { readonly message_id: string; readonly account_id: string; readonly kind: string }[];
  readonly posts: readonly PostRow[];
  readonly urgings: readonly { readonly id: string; readonly words: string | null }[];
  readonly read: readonly { readonly urging_id: string }[];
  readonly replies: readonly { readonly urging_id: string; readonly words: string }[];
}

export interface IdentityState {
  readonly accounts: readonly AccountRow[];
  readonly persons: readonly { readonly id: string; readonly teacher_id: string | null; readonly confirmed: boolean }[];
}

export interface AccountRow {
  readonly id: string;
  readonly role: string;
  readonly org_path: string;
  readonly teacher_id: string | null;
  readonly activated: boolean;
}

import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin, inDatabase } from '@shidang/dev';
import type {
  AuditRow,
  DeadLetterRow,
  FinalState,
  InboxRow,
  NotificationsState,
  OutboxRow,
  RecordsState,
  ReportingState,
  ReviewState,
  StoredAnswer,
} from './final-state';

type Rows = <Row extends object>(text: string, params?: unknown[]) => Promise<Row[]>;

/** As superuser: row-level security hides nothing from the checker. One connection, one snapshot per database. */
const inService = <T>(adminUrl: string, service: ServiceName, look: (rows: Rows) => Promise<T>): Promise<T> =>
  asAdmin(inDatabase(adminUrl, `shidang_${service}`), async (client) => {
    await client.query('begin isolation level repeatable read read only');
    return look(async (text, params) => (await client.query(text, params)).rows);
  });

interface Bones {
  readonly audit: Omit<AuditRow, 'service'>[];
  readonly answers: Omit<StoredAnswer, 'service'>[];
  readonly outbox: Omit<OutboxRow, 'service'>[];
  readonly inbox: Omit<InboxRow, 'service'>[];
  readonly deadLetters: Omit<DeadLetterRow, 'service'>[];
}

async function bonesOf(rows: Rows, since: Date): Promise<Bones> {
  return {
    audit: await rows(
      `select account_id, what, object, concerns, result, trace_id from audit_event where at >= $1 order by id`,
      [since],
    ),
    answers: await rows(`select contract, key from idempotency where created_at >= $1`, [since]),
    outbox: await rows(
      `select id, subject, split_part(traceparent, '-', 2) as trace, published_at is not null as published,
         (payload ->> 'at')::timestamptz >= $1 as fresh, payload from outbox order by id`,
      [since],
    ),
    inbox: await rows(`select durable, message_id from inbox where received_at >= $1`, [since]),
    deadLetters: await rows(
      `select durable, subject, message_id, error from dead_letter where replayed_at is null order by id`,
    ),
  };
}

async function recordsOf(rows: Rows, since: Date): Promise<RecordsState> {
  const written = `select distinct entry_id from entry_version where at >= $1`;
  return {
    teachers: await rows(
      `select id, org_path, school_code, category, name, birth_date::text as birth_date, stage, status, case_id, case_stage, locked_by, version,
         effective_version from teacher order by id`,
    ),
    entries: await rows(`select id, teacher_id, version, removed from entry where id in (${written}) order by id`, [
      since,
    ]),
    entryVersions: await rows(
      `select entry_id, section, version, removed, via ->> 'kind' as via, via ->> 'importId' as import_id, "values" ->> 'project' as mark, at >= $1 as fresh
       from entry_version where entry_id in (${written}) order by entry_id, version`,
      [since],
    ),
    submissions: await rows(
      `select id, teacher_id, kind, state, submitted_at >= $1 as fresh from submission order by id`,
      [since],
    ),
    reviews: await rows(`select submission_id, step, verdict from submission_review`),
    effective: await rows(`select teacher_id, version, submission_id from effective_version order by 1, 2`),
    imports: await rows(`select id, state, failure ->> 'code' as failure from import order by id`),
  };
}

async function reviewOf(rows: Rows, since: Date): Promise<ReviewState> {
  const receipts = await rows<{ receipt: string }>(`select receipt from upward_submission order by 1`);
  return {
    cases: await rows(
      `select id, submission_id, teacher_id, kind, stage, version, held_by from review_case order by id`,
    ),
    decisions: await rows(
      `select id, case_id, step, verdict, batch_id, decided_at >= $1 as fresh from case_decision order by id`,
      [since],
    ),
    batches: await rows(`select id, state from review_batch order by id`),
    batchItems: await rows(`select batch_id, case_id, result from review_batch_item`),
    receipts: receipts.map(({ receipt }) => receipt),
  };
}

async function reportingOf(rows: Rows): Promise<Omit<ReportingState, 'progress'>> {
  return {
    states: await rows(`select teacher_id, status, effective_version from teacher_state order by 1`),
    rollup: await rows(`select org_path, measure, category, n from rollup where n <> 0 order by 1, 2, 3`),
    headCounts: await rows(`select school_code, org_path, version, in_force, confirmed from head_count order by 1`),
    organisations: await rows(`select org_path, tier from organisation order by 1`),
    reports: await rows(`select id, org_code, month, stage, number, version from monthly_report order by id`),
    sheets: await rows(`select report_id, number from report_sheet order by 1, 2`),
  };
}

async function notificationsOf(rows: Rows): Promise<NotificationsState> {
  return {
    notices: await rows(`select account_id, kind, sum(count)::int as count from notice group by 1, 2 order by 1, 2`),
    told: await rows(
      `select distinct t.message_id, t.account_id, g.kind from told t join telling g on g.message_id = t.message_id`,
    ),
    posts: await rows(`select account_id, role, org_path from post where not ended`),
    urgings: await rows(`select id, words from urging order by id`),
    read: await rows(`select urging_id from urging_recipient where read_at is not null`),
    replies: await rows(`select urging_id, words from urging_reply order by id`),
  };
}

/** What the databases say since the run began; `progress` is read over HTTP by the caller. */
export async function readState(
  adminUrl: string,
  since: Date,
  progress: ReportingState['progress'],
): Promise<FinalState> {
  const bones = await Promise.all(
    serviceNames.map(async (service) => ({
      service,
      rows: await inService(adminUrl, service, (rows) => bonesOf(rows, since)),
    })),
  );
  const all = <K extends keyof Bones>(key: K) =>
    bones.flatMap(({ service, rows }) => rows[key].map((row) => ({ ...row, service }))) as never;
  return {
    audit: all('audit'),
    answers: all('answers'),
    outbox: all('outbox'),
    inbox: all('inbox'),
    deadLetters: all('deadLetters'),
    records: await inService(adminUrl, 'records', (rows) => recordsOf(rows, since)),
    review: await inService(adminUrl, 'review', (rows) => reviewOf(rows, since)),
    reporting: { ...(await inService(adminUrl, 'reporting', reportingOf)), progress },
    notifications: await inService(adminUrl, 'notifications', notificationsOf),
    identity: await inService(adminUrl, 'identity', async (rows) => ({
      accounts: await rows(
        `select a.id, p.role, a.org_path, a.teacher_id, a.activated_at is not null as activated from account a join post p on p.account_id = a.id order by a.id`,
      ),
      persons: await rows(`select id, teacher_id, confirmed_at is not null as confirmed from person order by id`),
    })),
  };
}

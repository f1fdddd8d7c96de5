import type { Operation } from '../journal/operation';
import type { FinalState } from '../state/final-state';

const school = '0.33.3311.331102.2133110001.';
const county = '0.33.3311.331102.';

/** An operation of the journal, acknowledged at its first attempt. */
export const anOperation = (op: string, contract: string, more: Partial<Operation> = {}): Operation => ({
  op,
  contract,
  account: 'info@2133110001',
  key: `key-${op}`,
  intent: {},
  traces: [`trace-${op}`],
  startedAt: 0,
  endedAt: 1,
  outcome: 'ok',
  ...more,
});

/** One record on its way: registered, a row added and changed, submitted, approved twice, effective; a report, an urging. */
export const soundJournal = (): Operation[] => [
  anOperation('r:0', 'records.teacher.register', {
    intent: { name: '钟安', birthDate: '1980-01-01', school: '2133110001' },
    made: { teacherId: 't1' },
  }),
  anOperation('f:0', 'records.entry.add', { intent: { mark: 'm0' }, made: { entryId: 'e1' }, version: '1' }),
  anOperation('f:1', 'records.entry.patch', { intent: { entryId: 'e1', mark: 'm1' }, version: '2', endedAt: 2 }),
  anOperation('s:0', 'records.submission.submit', { made: { submissionId: 's1' } }),
  anOperation('p:0', 'review.case.decide', {
    intent: { caseId: 'c1', stage: 'school-review', verdict: 'approve' },
    version: '2.abc',
  }),
  anOperation('p:1', 'review.submission.send-upward', { made: { receipt: 'q1', count: 1 } }),
  anOperation('a:0', 'review.case.decide', {
    intent: { caseId: 'c1', stage: 'authority-review', verdict: 'approve' },
    version: '4.abc',
    endedAt: 3,
  }),
  anOperation('m:0', 'reporting.monthly-report.submit', { made: { reportId: 'w1', number: 1 }, version: '2' }),
  anOperation('u:0', 'notifications.urging.send', { intent: { mark: 'u0' } }),
  anOperation('r:1', 'records.teacher.register', { outcome: 'refused', code: 'records.person_on_file' }),
];

const fact = (id: string, subject: string, op: string, payload: Record<string, unknown> = {}) => ({
  service: subject.split('.')[1] as never,
  id,
  subject,
  trace: `trace-${op}`,
  published: true,
  fresh: true,
  payload,
});

const auditOf = ({ op, contract, outcome, code, made, intent }: Operation) => {
  const entry = made?.['entryId'] ?? intent['entryId'];
  const object = contract.startsWith('records.entry') ? `entry:${entry}` : `object:${op}`;
  const result = outcome === 'ok' ? 'done' : (code ?? '');
  return {
    service: contract.split('.')[0] as never,
    account_id: 'a',
    what: contract,
    object,
    concerns: object,
    result,
    trace_id: `trace-${op}`,
  };
};

const moved = (version: number, stage: string, turnOrgPath?: string, turnRole?: string) => ({
  teacherId: 't1',
  stage,
  version,
  turnOrgPath,
  turnRole,
});

const outbox = () => [
  fact('x1', 'evt.records.teacher-registered', 'r:0'),
  fact('x2', 'evt.records.submission-made', 's:0'),
  fact('x3', 'evt.review.case-moved', 'job', moved(1, 'school-review', school, 'principal')),
  fact('x4', 'evt.review.case-moved', 'p:0', moved(2, 'school-approved', school, 'principal')),
  fact('x5', 'evt.review.case-moved', 'p:1', moved(3, 'authority-review', county, 'informationAdministrator')),
  fact('x6', 'evt.review.case-moved', 'a:0', moved(4, 'approved')),
  fact('x7', 'evt.review.case-decided', 'a:0'),
  fact('x8', 'evt.records.record-effective', 'job'),
  fact('x9', 'evt.reporting.monthly-report-moved', 'm:0', { reportId: 'w1', stage: 'submitted' }),
];

const inbox = () =>
  [
    ['identity-make-teacher-account', 'x1'],
    ['reporting-follow-records', 'x1'],
    ['review-open-case', 'x2'],
    ...['x3', 'x4', 'x5', 'x6'].flatMap((id) => [
      ['records-follow-case', id],
      ['reporting-follow-cases', id],
    ]),
    ...['x3', 'x5', 'x6'].map((id) => ['notifications-tell-cases', id]),
    ['records-apply-decision', 'x7'],
    ['reporting-follow-records', 'x8'],
    ['notifications-tell-reports', 'x9'],
  ].map(([durable, message_id]) => ({
    service: 'records' as const,
    durable: durable as never,
    message_id: message_id!,
  }));

const figures = () => [
  ...['0.', '0.33.', '0.33.3311.', county, school].flatMap((org_path) => [
    { org_path, measure: 'status:effective', category: 'primarySecondary', n: 1 },
    { org_path, measure: 'accounts-issued:teacher', category: '', n: 1 },
    { org_path, measure: 'schools', category: '', n: 1 },
  ]),
];

/** The state the journal above leaves when nothing went wrong. */
export const soundState = (): FinalState => ({
  audit: soundJournal().map(auditOf),
  answers: soundJournal()
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ contract, key }) => ({ service: contract.split('.')[0] as never, contract, key })),
  outbox: outbox(),
  inbox: inbox(),
  deadLetters: [],
  records: {
    teachers: [
      {
        id: 't1',
        org_path: school,
        school_code: '2133110001',
        category: 'primarySecondary',
        name: '钟安',
        birth_date: '1980-01-01',
        stage: 'effective',
        status: 'effective',
        case_id: 'c1',
        case_stage: 'approved',
        locked_by: null,
        version: 5,
        effective_version: 1,
      },
    ],
    entries: [{ id: 'e1', teacher_id: 't1', version: 2, removed: false }],
    entryVersions: [
      {
        entry_id: 'e1',
        section: 'training',
        version: 1,
        removed: false,
        via: 'screen',
        import_id: null,
        mark: 'm0',
        fresh: true,
      },
      {
        entry_id: 'e1',
        section: 'training',
        version: 2,
        removed: false,
        via: 'screen',
        import_id: null,
        mark: 'm1',
        fresh: true,
      },
    ],
    submissions: [{ id: 's1', teacher_id: 't1', kind: 'first', state: 'approved', fresh: true }],
    reviews: [
      { submission_id: 's1', step: 'school', verdict: 'approve' },
      { submission_id: 's1', step: 'authority', verdict: 'approve' },
    ],
    effective: [{ teacher_id: 't1', version: 1, submission_id: 's1' }],
    imports: [],
  },
  review: {
    cases: [
      { id: 'c1', submission_id: 's1', teacher_id: 't1', kind: 'first', stage: 'approved', version: 4, held_by: null },
    ],
    decisions: [
      { id: 'd1', case_id: 'c1', step: 'school', verdict: 'approve', batch_id: null, fresh: true },
      { id: 'd2', case_id: 'c1', step: 'authority', verdict: 'approve', batch_id: null, fresh: true },
    ],
    batches: [],
    batchItems: [],
    receipts: ['q1'],
  },
  reporting: {
    states: [{ teacher_id: 't1', status: 'effective', effective_version: 1 }],
    rollup: figures(),
    headCounts: [],
    organisations: [{ org_path: school, tier: 'school' }],
    reports: [{ id: 'w1', org_code: '331102', month: '2026-10', stage: 'submitted', number: 1, version: 2 }],
    sheets: [{ report_id: 'w1', number: 1 }],
    progress: [{ org_path: county, figures: { effective: 1, submitted: 1, returned: 0 } }],
  },
  notifications: {
    notices: [
      { account_id: 'head', kind: 'case-awaiting-school', count: 1 },
      { account_id: 'county', kind: 'case-awaiting-authority', count: 1 },
    ],
    told: [
      { message_id: 'x3', account_id: 'head', kind: 'case-awaiting-school' },
      { message_id: 'x5', account_id: 'county', kind: 'case-awaiting-authority' },
    ],
    posts: [
      { account_id: 'head', role: 'principal', org_path: school },
      { account_id: 'county', role: 'informationAdministrator', org_path: county },
    ],
    urgings: [{ id: 'g1', words: 'u0' }],
    read: [],
    replies: [],
  },
  identity: {
    accounts: [{ id: 'a1', role: 'teacher', org_path: school, teacher_id: 't1', activated: false }],
    persons: [{ id: 'p1', teacher_id: 't1', confirmed: true }],
  },
});

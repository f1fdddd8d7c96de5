import type { Operation } from '../journal/operation';
import type { FinalState } from '../state/final-state';

type Effect = (operation: Operation, state: FinalState) => number;

const count = <T>(rows: readonly T[], is: (row: T) => boolean): number => rows.filter(is).length;
const flag = (is: boolean): number => (is ? 1 : 0);

const entryMarked: Effect = ({ intent }, { records }) =>
  count(records.entryVersions, ({ mark, removed }) => !removed && mark === intent['mark']);

const stepOf = (stage: string | number | undefined) => (stage === 'school-review' ? 'school' : 'authority');

const importIs =
  (...states: string[]): Effect =>
  ({ intent }, { records }) =>
    count(records.imports, ({ id, state }) => id === intent['importId'] && states.includes(state));

const batchIs =
  (...states: string[]): Effect =>
  ({ intent }, { review }) =>
    count(review.batches, ({ id, state }) => id === intent['batchId'] && states.includes(state));

/** How often the effect of an acknowledged write is in the tables of its service: once, or something is wrong. */
const effects: Readonly<Record<string, Effect>> = {
  'records.teacher.register': ({ intent }, { records }) =>
    count(
      records.teachers,
      (row) =>
        row.name === intent['name'] && row.birth_date === intent['birthDate'] && row.school_code === intent['school'],
    ),
  'records.entry.add': entryMarked,
  'records.entry.patch': entryMarked,
  'records.entry.remove': ({ intent }, { records }) =>
    count(records.entryVersions, ({ entry_id, removed }) => removed && entry_id === intent['entryId']),
  'records.submission.submit': ({ made }, { records }) =>
    count(records.submissions, ({ id }) => id === made?.['submissionId']),
  'records.import.start': ({ made }, { records }) => count(records.imports, ({ id }) => id === made?.['importId']),
  // 202: it has to come to its end by itself
  'records.import.commit': importIs('committed', 'undone'),
  'records.import.undo': importIs('undone'),
  'review.case.decide': ({ intent }, { review }) =>
    count(
      review.decisions,
      ({ case_id, step, verdict, fresh }) =>
        fresh && case_id === intent['caseId'] && step === stepOf(intent['stage']) && verdict === intent['verdict'],
    ),
  'review.submission.send-upward': ({ made }, { review }) =>
    count(review.receipts, (receipt) => receipt === made?.['receipt']),
  'review.batch.create': ({ made }, { review }) => count(review.batches, ({ id }) => id === made?.['batchId']),
  'review.batch.release': batchIs('released'),
  'review.batch.undo': batchIs('undone'),
  'reporting.monthly-report.open': ({ made }, { reporting }) =>
    count(reporting.reports, ({ id }) => id === made?.['reportId']),
  'reporting.monthly-report.submit': ({ made }, { reporting }) =>
    count(reporting.sheets, (row) => row.report_id === made?.['reportId'] && row.number === made?.['number']),
  'notifications.urging.send': ({ intent }, { notifications }) =>
    count(notifications.urgings, ({ words }) => words === intent['mark']),
  'notifications.urging.acknowledge': ({ intent }, { notifications }) =>
    flag(notifications.read.some(({ urging_id }) => urging_id === intent['urgingId'])),
  'notifications.urging.answer': ({ intent }, { notifications }) =>
    count(notifications.replies, ({ words }) => words === intent['mark']),
};

/** Which contracts have an effect of their own that is looked for. */
export const effectsKnown: readonly string[] = Object.keys(effects);

/** Undefined where the write leaves nothing that stays apart from its version. */
export const effectOf = (operation: Operation, state: FinalState): number | undefined =>
  // a replay of an answer that is not kept says nothing of what was made
  needsMade.has(operation.contract) && !operation.made ? undefined : effects[operation.contract]?.(operation, state);

const needsMade = new Set([
  'records.submission.submit',
  'records.import.start',
  'review.submission.send-upward',
  'review.batch.create',
  'reporting.monthly-report.open',
  'reporting.monthly-report.submit',
]);

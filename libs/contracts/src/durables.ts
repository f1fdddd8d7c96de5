import type { EventContract, ServiceName } from './contract';
import { identityEvents } from './identity';
import { recordsEvents } from './records';
import { reviewEvents } from './review';
import { reportingEvents } from './reporting';

/** One durable consumer: which service runs it, which facts it takes, from whose stream. */
export interface Durable {
  readonly name: string;
  readonly service: ServiceName;
  readonly events: readonly EventContract[];
  /** Facts of different aggregates may be applied at the same time by one process; those of one keep their order. */
  readonly sideBySide?: true;
  /** Of one that takes batches: somebody waits for the effect, so a single fact is not kept waiting for company. */
  readonly promptly?: true;
}

/** How a durable stands in the table: its name is the key. */
export type DeclaredDurable = Omit<Durable, 'name'>;

/** Every durable of the system; tools/streams makes exactly these. A durable reads one stream. */
export const durables = {
  // identity
  // one subject each: a durable of several costs NATS a block of the file for each message of a backlog (tools/streams)
  'identity-make-teacher-account': { service: 'identity', events: [recordsEvents.teacherRegistered], promptly: true },
  'identity-make-listed-accounts': { service: 'identity', events: [recordsEvents.teachersRegistered], promptly: true },
  // records
  'records-keep-organisations': {
    service: 'records',
    events: [identityEvents.organisationFounded, identityEvents.organisationRenamed, identityEvents.organisationMoved],
  },
  'records-apply-decision': { service: 'records', events: [reviewEvents.caseDecided], promptly: true },
  'records-follow-case': { service: 'records', events: [reviewEvents.caseMoved], sideBySide: true },
  // review
  'review-keep-organisations': {
    service: 'review',
    events: [identityEvents.organisationFounded, identityEvents.organisationRenamed, identityEvents.organisationMoved],
  },
  'review-keep-posts': {
    service: 'review',
    events: [identityEvents.postGranted, identityEvents.postEnded, identityEvents.accountActivated],
    promptly: true,
  },
  'review-open-case': { service: 'review', events: [recordsEvents.submissionMade], sideBySide: true },
  'review-mark-conflict': { service: 'review', events: [recordsEvents.decisionRefused] },
  // reporting
  'reporting-keep-organisations': {
    service: 'reporting',
    events: [identityEvents.organisationFounded, identityEvents.organisationRenamed, identityEvents.organisationMoved],
  },
  'reporting-count-accounts': {
    service: 'reporting',
    events: [identityEvents.accountIssued, identityEvents.teacherAccountsIssued, identityEvents.accountActivated],
  },
  'reporting-follow-records': {
    service: 'reporting',
    events: [
      recordsEvents.teacherRegistered,
      recordsEvents.teachersRegistered,
      recordsEvents.recordChanged,
      recordsEvents.recordEffective,
      recordsEvents.teachersImported,
    ],
  },
  'reporting-follow-cases': { service: 'reporting', events: [reviewEvents.caseMoved] },
  // notifications
  'notifications-keep-posts': {
    service: 'notifications',
    events: [identityEvents.postGranted, identityEvents.postEnded, identityEvents.teacherAccountsIssued],
    promptly: true,
  },
  'notifications-tell-cases': { service: 'notifications', events: [reviewEvents.caseMoved], promptly: true },
  'notifications-tell-corrections': { service: 'notifications', events: [recordsEvents.correctionMoved] },
  'notifications-tell-reports': { service: 'notifications', events: [reportingEvents.monthlyReportMoved] },
} as const satisfies Record<string, DeclaredDurable>;

export type DurableName = keyof typeof durables;

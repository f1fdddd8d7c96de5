import { durables, type DurableName } from '@shidang/contracts';
import type { FinalState, OutboxRow } from '../state/final-state';
import type { Violation } from './violation';

/** Moves nobody is told of leave no trace at notifications, posts that review nothing none at review. */
const tellingStages = new Set([
  'school-review',
  'authority-review',
  'school-returned',
  'authority-returned',
  'approved',
  'conflict',
]);
const tellingReports = new Set(['submitted', 'returned', 'accepted']);

function leavesTrace(durable: DurableName, { payload }: OutboxRow): boolean {
  if (durable === 'notifications-tell-cases') return tellingStages.has(String(payload['stage']));
  if (durable === 'notifications-tell-reports') return tellingReports.has(String(payload['stage']));
  if (durable === 'review-keep-posts') return payload['role'] === 'principal';
  return true;
}

/** Nothing told stays behind. */
export const unpublished = ({ outbox }: FinalState): Violation[] =>
  outbox
    .filter(({ published }) => !published)
    .map(({ id, subject, service }) => ({ check: 'outbox', says: `${service} has not published ${subject} ${id}` }));

/** Every fact was applied by everybody who takes it, and nobody applied what nobody told. */
export function undelivered({ outbox, inbox, deadLetters }: FinalState): Violation[] {
  const applied = new Set(inbox.map(({ durable, message_id }) => `${durable} ${message_id}`));
  const aside = new Set(deadLetters.map(({ durable, message_id }) => `${durable} ${message_id}`));
  const takers = (Object.keys(durables) as DurableName[]).map(
    (name) => [name, new Set(durables[name].events.map(({ subject }) => subject as string))] as const,
  );
  return outbox
    .filter(({ fresh }) => fresh)
    .flatMap((fact) =>
      takers
        .filter(([name, subjects]) => subjects.has(fact.subject) && leavesTrace(name, fact))
        .map(([name]) => `${name} ${fact.id}`)
        .filter((place) => !applied.has(place) && !aside.has(place))
        .map((place) => ({ check: 'inbox', says: `${fact.subject} was never applied: ${place}` })),
    );
}

/** Applied, but told by nobody. */
export function invented({ inbox, outbox }: FinalState): Violation[] {
  const told = new Set(outbox.map(({ id }) => id));
  return inbox
    .filter(({ message_id }) => !told.has(message_id))
    .map(({ durable, message_id }) => ({
      check: 'inbox',
      says: `${durable} applied ${message_id}, which nobody told`,
    }));
}

/** No drill but the one about poison leaves anything set aside. */
export const setAside = ({ deadLetters }: FinalState): Violation[] =>
  deadLetters.map(({ durable, subject, message_id, error }) => ({
    check: 'dead-letters',
    says: `${durable} set ${subject} ${message_id} aside: ${error}`,
  }));

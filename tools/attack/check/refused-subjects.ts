import type { Violation } from './violation';

/** Something a user of NATS tried; `subscribe` with a queue group takes work away from who should have it. */
export interface TriedSubject {
  readonly user: string;
  readonly operation: 'publish' | 'subscribe';
  readonly subject: string;
}

const keyOf = ({ user, operation, subject }: TriedSubject): string => `${user} ${operation} ${subject}`;

/** Each foreign subject has to be refused by the server, each own one not; without the second nothing would be proven. */
export function refusedSubjects(
  foreign: readonly TriedSubject[],
  own: readonly TriedSubject[],
  refused: readonly TriedSubject[],
): Violation[] {
  const no = new Set(refused.map(keyOf));
  const through = foreign.filter((each) => !no.has(keyOf(each)));
  const missed = own.filter((each) => no.has(keyOf(each)));
  return [
    ...through.map((each) => ({ check: 'refused-subjects', says: `${keyOf(each)} is let through` })),
    ...missed.map((each) => ({ check: 'refused-subjects', says: `${keyOf(each)} is refused, and is its own` })),
  ];
}

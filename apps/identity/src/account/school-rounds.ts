import type { Delivered } from '@shidang/bus';
import type { RegisteredTeacher, TeacherRegistered, TeachersRegistered } from '@shidang/contracts';

/** Somebody whose registration was told: in which message, and whose account registered him. */
export interface Registration extends Pick<RegisteredTeacher, 'teacherId'> {
  messageId: string;
  registeredBy?: string;
}

/** Registrations of one school that are answered in one transaction, in the school's scope. */
export interface SchoolRound {
  orgPath: string;
  schoolCode: string;
  messageIds: string[];
  registrations: Registration[];
}

/** How many teachers' accounts one transaction makes: no more than one fact tells of. */
export const mostInRound = 500;

type Told = Delivered<TeacherRegistered | TeachersRegistered>;

/** Each message in one round, by school in the order they came; a list is not divided. */
export function inSchools(batch: readonly Told[]): SchoolRound[] {
  const rounds: SchoolRound[] = [];
  const open = new Map<string, SchoolRound>();
  for (const message of batch) {
    const { orgPath, schoolCode } = message.fact;
    const registrations = registrationsIn(message);
    let round = open.get(orgPath);
    if (!round || round.registrations.length + registrations.length > mostInRound) {
      round = { orgPath, schoolCode, messageIds: [], registrations: [] };
      open.set(orgPath, round);
      rounds.push(round);
    }
    round.messageIds.push(message.messageId);
    round.registrations.push(...registrations);
  }
  return rounds;
}

function registrationsIn({ messageId, fact }: Told): Registration[] {
  const teachers = 'teachers' in fact ? fact.teachers : [fact];
  return teachers.map(({ teacherId }) => ({ messageId, teacherId, registeredBy: fact.actor?.accountId }));
}

import type { Mark } from '@shidang/contracts';
import type { Calendar } from '../world/calendar';
import type { Identifiers } from '../world/identifiers';
import type { SeededAccount, SeededTeacher, Staff } from '../world/world';
import type { FilledEntry } from './filled-record';
import { pathTo, type Move } from './review-path';

/** A move with who made it and when. */
export interface Made extends Omit<Move, 'by'> {
  readonly by: SeededAccount;
  readonly at: Date;
}

/** One submission on its way: what records and review both write of it. */
export interface Journey {
  readonly submissionId: string;
  readonly caseId: string;
  readonly submitter: SeededAccount;
  readonly moves: readonly Made[];
  /** Of the return it stands at. */
  readonly marks: readonly (Mark & { words: string })[];
}

export interface Actors {
  readonly school: Staff;
  readonly authority: Staff;
}

/** Undefined for a record that was never submitted. */
export function journeyOf(
  teacher: SeededTeacher,
  entries: readonly FilledEntry[],
  { actors, ids, calendar }: { actors: Actors; ids: Identifiers; calendar: Calendar },
): Journey | undefined {
  const path = pathTo(teacher.state, teacher.schoolSkipped);
  if (path.length === 0) return undefined;
  const submitter = teacher.selfFilled ? teacher.account : held(actors.school.informationAdministrator);
  const who = {
    submitter: () => submitter,
    principal: () => held(actors.school.principal),
    authority: () => held(actors.authority.informationAdministrator),
  };
  const moves = path.map(({ by, ...move }) => ({ ...move, by: who[by](), at: calendar.at(move.when) }));
  const returned = path.find((move) => move.decision?.verdict === 'return')?.decision?.step;
  const marks = returned ? marksBy(returned, entries) : [];
  return { submissionId: ids.next(), caseId: ids.next(), submitter, moves, marks };
}

/** A decision records act on: a return, or the authority's approval. */
export const isFinal = ({ decision }: Made): boolean =>
  decision !== undefined && (decision.verdict === 'return' || decision.step === 'authority');

/** Words of a return stay with review; ids and codes travel. */
export const withoutWords = ({ words: _, ...mark }: Mark & { words: string }): Mark => mark;

function held(account: SeededAccount | undefined): SeededAccount {
  if (!account) throw new Error('nobody holds the post that acts here');
  return account;
}

const returns = {
  school: { section: 'education', indicator: 'educationSchool', reason: 'unclear', words: '毕业学校请填写全称' },
  authority: {
    section: 'post',
    indicator: 'startMonth',
    reason: 'evidence',
    words: '聘任开始年月与聘任文件不一致，请核对',
  },
} as const;

function marksBy(step: 'school' | 'authority', entries: readonly FilledEntry[]): Journey['marks'] {
  const { section, indicator, reason, words } = returns[step];
  const entry = entries.find((each) => each.section === section);
  return [{ section, entryId: entry?.id, indicator, reason, words }];
}

import type { Operation } from '../journal/operation';
import type { FinalState } from '../state/final-state';
import { check } from './check';
import { effectsKnown } from './effects';
import { anOperation, soundJournal, soundState } from './sound-run.testing';

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** What the checks say after something was planted in the state, the journal, or both. */
function found(plant: (state: Mutable<FinalState>, journal: Mutable<Operation>[]) => void): string[] {
  const state = soundState() as Mutable<FinalState>;
  const journal = soundJournal() as Mutable<Operation>[];
  plant(state, journal);
  return check(journal as Operation[], state as FinalState).map(({ check: name, op, says }) =>
    [name, op, says].filter(Boolean).join(' '),
  );
}

const without = <T>(rows: T[], is: (row: T) => boolean): T[] => rows.filter((row) => !is(row));

describe('a sound run', () => {
  it('has nothing to say against it', () => {
    expect(found(() => undefined)).toEqual([]);
  });
});

describe('acknowledged writes', () => {
  it.each([
    ['a teacher', 'r:0', (s: Mutable<FinalState>) => void (s.records.teachers = [])],
    ['a row', 'f:0', (s: Mutable<FinalState>) => void s.records.entryVersions.shift()],
    ['a change of a row', 'f:1', (s: Mutable<FinalState>) => void s.records.entryVersions.pop()],
    ['a submission', 's:0', (s: Mutable<FinalState>) => void (s.records.submissions = [])],
    ['a decision', 'a:0', (s: Mutable<FinalState>) => void s.review.decisions.pop()],
    ['a receipt', 'p:1', (s: Mutable<FinalState>) => void (s.review.receipts = [])],
    ['a frozen sheet', 'm:0', (s: Mutable<FinalState>) => void (s.reporting.sheets = [])],
    ['an urging', 'u:0', (s: Mutable<FinalState>) => void (s.notifications.urgings = [])],
  ])('%s that is gone is named by its operation', (_, op, plant) => {
    expect(found(plant)).toContainEqual(expect.stringMatching(new RegExp(`^lost ${op} `)));
  });

  it('an import that was accepted and gave up is lost', () => {
    const says = found((state, journal) => {
      state.records.imports.push({ id: 'i1', state: 'failed', failure: 'import.gave_up' });
      journal.push(anOperation('i:0', 'records.import.commit', { intent: { importId: 'i1' } }) as Mutable<Operation>);
    });
    expect(says).toContainEqual(expect.stringMatching(/^lost i:0 records\.import\.commit was acknowledged/));
  });

  it('an effect that is there twice is named', () => {
    expect(found((s) => s.notifications.urgings.push({ id: 'g2', words: 'u0' }))).toEqual([
      'twice u:0 notifications.urging.send left its effect 2 times',
    ]);
  });

  it('a key that was carried out twice is named, unknown or not', () => {
    const says = found((state, journal) => {
      journal[8]!.outcome = 'unknown';
      journal[8]!.traces.push('trace-again');
      state.audit.push({ ...state.audit[8]!, trace_id: 'trace-again' });
    });
    expect(says).toEqual(['twice u:0 notifications.urging.send was carried out 2 times under one key']);
  });

  it('an unknown operation may be either, and must be whole', () => {
    const either = (plant: (state: Mutable<FinalState>) => void) =>
      found((state, journal) => {
        Object.assign(journal[8]!, { outcome: 'unknown' });
        plant(state);
      });
    expect(either(() => undefined)).toEqual([]);
    expect(
      either((state) => {
        state.audit = without(state.audit, ({ what }) => what === 'notifications.urging.send');
        state.answers = without(state.answers, ({ contract }) => contract === 'notifications.urging.send');
        state.notifications.urgings = [];
      }),
    ).toEqual([]);
    expect(either((state) => void state.answers.pop())).toEqual([
      'audit u:0 notifications.urging.send (unknown): audit 1, stored answers 0',
    ]);
  });

  it('most kinds of writes have an effect that is looked for', () => {
    expect(effectsKnown.length).toBeGreaterThanOrEqual(16);
  });
});

describe('versions', () => {
  it('an ETag that goes back is named', () => {
    expect(found((_, journal) => void (journal[2]!.version = '1'))).toContainEqual(
      'versions f:1 entry:e1: version 1 after 1 (f:0)',
    );
  });

  it('a row that is behind what was acknowledged is named', () => {
    expect(found((state) => void (state.records.entries[0]!.version = 1))).toContainEqual(
      'versions f:1 entry:e1: version 2 was acknowledged, 1 is there',
    );
  });

  it('a version that was not kept is named', () => {
    expect(found((state) => void (state.records.entries[0]!.version = 3))).toEqual([
      'versions entry:e1 is at version 3, kept are 1 2',
    ]);
  });
});

describe('one transaction', () => {
  it('a write without a row in the audit is named', () => {
    expect(found((state) => void state.audit.splice(3, 1))).toEqual([
      'audit s:0 records.submission.submit (ok): acknowledged without a row in the audit',
      'audit s:0 records.submission.submit (ok): audit 0, facts told 1',
    ]);
  });

  it('a row in the audit without its write is named', () => {
    const says = found((state) => {
      state.audit.push({ ...state.audit[1]!, trace_id: 'trace-of-nobody' });
    });
    expect(says).toEqual([
      'audit records.entry.add of entry:e1 in the audit, and nobody asked for it',
      'audit entry:e1: 2 versions written, 3 in the audit',
    ]);
  });

  it('a write that told nothing is named', () => {
    expect(found((state) => void (state.outbox[1]!.trace = 'another'))).toEqual([
      'audit s:0 records.submission.submit (ok): audit 1, facts told 0',
    ]);
  });

  it('a write whose answer was not kept is named', () => {
    expect(found((state) => void state.answers.pop())).toEqual([
      'audit u:0 notifications.urging.send (ok): acknowledged without a stored answer',
    ]);
  });

  it('a refusal that was carried out, and one that left no trace, are named', () => {
    expect(found((state) => void (state.audit[9]!.result = 'done'))).toContainEqual(
      'audit r:1 records.teacher.register (refused): refused, but the audit says done',
    );
    expect(found((state) => void state.audit.pop())).toEqual([
      'audit r:1 records.teacher.register was refused as records.person_on_file without a row in the audit',
    ]);
  });
});

describe('facts', () => {
  it('one that was never published is named', () => {
    expect(found((state) => void (state.outbox[7]!.published = false))).toEqual([
      'outbox records has not published evt.records.record-effective x8',
    ]);
  });

  it('one that was never applied is named', () => {
    expect(found((state) => void state.inbox.pop())).toEqual([
      'inbox evt.reporting.monthly-report-moved was never applied: notifications-tell-reports x9',
    ]);
  });

  it('one that nobody told is named', () => {
    expect(found((state) => void (state.inbox[0]!.message_id = 'x0'))).toContainEqual(
      'inbox identity-make-teacher-account applied x0, which nobody told',
    );
  });

  it('one that was set aside is named', () => {
    const letter = {
      service: 'review' as const,
      durable: 'review-open-case',
      subject: 's',
      message_id: 'x2',
      error: 'why',
    };
    expect(found((state) => void state.deadLetters.push(letter))).toEqual([
      'dead-letters review-open-case set s x2 aside: why',
    ]);
  });
});

describe('the way of a record', () => {
  it('a submission without a case, with two, and a teacher with two open ones are named', () => {
    const second = (stage: string, submission: string) => (state: Mutable<FinalState>) =>
      void state.review.cases.push({ ...state.review.cases[0]!, id: 'c2', submission_id: submission, stage });
    expect(found((state) => void (state.review.cases[0]!.submission_id = 's0'))).toEqual(
      expect.arrayContaining(['cases submission s1 has 0 cases', 'cases case c1 has no submission']),
    );
    expect(found(second('withdrawn', 's1'))).toContain('cases submission s1 has 2 cases');
    const two = found((state) => {
      state.review.cases[0]!.stage = 'school-review';
      second('authority-review', 's2')(state);
    });
    expect(two).toContain('cases teacher t1 has 2 open cases');
  });

  it('records that does not know where a case stands is named', () => {
    expect(found((state) => void (state.records.teachers[0]!.case_stage = 'authority-review'))).toEqual([
      'cases teacher t1: records says authority-review, review says approved',
    ]);
  });

  it('a case that a closed batch holds is named', () => {
    const says = found((state) => {
      state.review.batches.push({ id: 'b1', state: 'released' });
      state.review.cases[0]!.held_by = 'b1';
    });
    expect(says).toEqual(['cases case c1 is held by batch b1, which is closed']);
  });

  it('a decision that was applied twice or never is named', () => {
    expect(found((state) => void state.records.reviews.push({ ...state.records.reviews[1]! }))).toEqual([
      'decisions submission s1 authority approve: decided 1 times, applied 2 times',
    ]);
    expect(found((state) => void state.records.reviews.pop())).toEqual([
      'decisions submission s1 authority approve: decided 1 times, applied 0 times',
    ]);
  });

  it('an approved record without its effective version, or one too many, is named', () => {
    expect(found((state) => void state.records.effective.pop())).toEqual([
      'effective submission s1 is approved with 0 effective versions',
      'effective teacher t1 is at effective version 1, kept are none',
    ]);
    expect(
      found((state) => void state.records.effective.push({ teacher_id: 't1', version: 3, submission_id: 's0' })),
    ).toEqual(['effective teacher t1 is at effective version 1, kept are 1 3']);
  });
});

describe('what is counted', () => {
  it('a status, a figure of the roll-up and an answer that differ are named', () => {
    expect(found((state) => void (state.reporting.states[0]!.status = 'draft'))).toEqual([
      'counts teacher t1 is effective, reporting says draft',
    ]);
    expect(found((state) => void (state.reporting.rollup[0]!.n = 2))).toEqual([
      'counts 0. status:effective primarySecondary: 1 counted, 2 kept',
    ]);
    expect(found((state) => void (state.reporting.progress[0]!.figures['effective'] = 0))).toEqual([
      'counts progress of 0.33.3311.331102. answers 0 effective, counted are 1',
    ]);
  });

  it('a teacher without account or person is named', () => {
    expect(found((state) => void (state.identity.persons[0]!.confirmed = false))).toEqual([
      'persons teacher t1 has 1 accounts and 0 confirmed persons',
    ]);
  });

  it('a report with a hole in its sheets is named', () => {
    expect(found((state) => void (state.reporting.reports[0]!.number = 2))).toEqual([
      'counts report w1 is at sheet 2, frozen are 1',
    ]);
  });

  it('a turn nobody was told of, and a notice that counts once too often, are named', () => {
    expect(found((state) => void state.notifications.told.pop())).toEqual([
      'notices move and account x5 county: whose turn it became was not told',
      'notices account county case-awaiting-authority: told 0 times, notices count 1',
    ]);
    expect(found((state) => void (state.notifications.notices[0]!.count = 2))).toEqual([
      'notices account head case-awaiting-school: told 1 times, notices count 2',
    ]);
  });
});

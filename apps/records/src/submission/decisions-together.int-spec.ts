import { caseDecided, type CaseDecided, type RecordSubmitted } from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { RecordsSuite, type School } from '../records.testing';

/** Decisions of one authority in one transaction (ADR 0103): each as if it had come alone. */
describe('decisions applied together', () => {
  let suite: RecordsSuite;
  let school: School;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
  }, 60_000);
  afterAll(() => suite.stop());

  const submitted = async (): Promise<RecordSubmitted> => {
    const { id } = await suite.completeTeacher(school);
    return suite.submit(school.information, id);
  };

  /** One batch in the order given, as the stream would hand it over. */
  const apply = (decisions: readonly { messageId: string; payload: CaseDecided }[]) =>
    suite.service.running.replay(
      (async function* () {
        for (const each of decisions)
          yield { durable: 'records-apply-decision', subject: caseDecided.subject, ...each };
      })(),
    );
  const message = (made: RecordSubmitted, given: Partial<CaseDecided> = {}) => ({
    messageId: newId(),
    payload: suite.decision(school, made, given),
  });
  const seen = (made: RecordSubmitted) => suite.teacher(school.information, made.teacherId);
  const versionsOf = (made: RecordSubmitted) =>
    suite.service.rows('select version from effective_version where teacher_id = $1', [made.teacherId]);

  test('take effect, return, are refused and come twice side by side', async () => {
    const approved = await submitted();
    const returned = await submitted();
    const changed = await submitted();
    const unclaimed = await submitted();
    suite.lost.add(unclaimed.teacherId);
    const approval = message(approved);
    const replayed = await apply([
      approval,
      message(returned, { verdict: 'return' }),
      message(changed, { contentHash: '0'.repeat(64) }),
      approval,
      message(unclaimed),
    ]);
    expect(replayed).toEqual({ facts: 5, setAside: 0 });

    expect(await seen(approved)).toMatchObject({ stage: 'effective', effectiveVersion: 1, personalCodeFormal: true });
    expect(await versionsOf(approved)).toHaveLength(1);
    expect(await seen(returned)).toMatchObject({ inReview: false, effectiveVersion: 0 });
    expect(await seen(changed)).toMatchObject({ inReview: false, effectiveVersion: 0 });
    const refusals = await suite.service.rows<{ reason: string }>(
      `select payload ->> 'reason' as reason from outbox where subject = 'evt.records.decision-refused' and aggregate_id = $1`,
      [changed.teacherId],
    );
    expect(refusals).toEqual([{ reason: 'content_hash_differs' }]);
    // the registry did not confirm the number: effective, the code stays provisional
    expect(await seen(unclaimed)).toMatchObject({ stage: 'effective', personalCodeFormal: false });
  });

  test('one about a record of another school is set aside alone, the others are applied', async () => {
    const mine = await submitted();
    const stranger = await submitted();
    const elsewhere = await suite.school();
    const replayed = await apply([message(mine), message(stranger, { orgPath: elsewhere.path })]);
    expect(replayed).toEqual({ facts: 2, setAside: 1 });
    expect(await seen(mine)).toMatchObject({ effectiveVersion: 1 });
    expect(await seen(stranger)).toMatchObject({ inReview: true, effectiveVersion: 0 });
  });
});

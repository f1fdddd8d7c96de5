import { readCompleteness, readHistory } from '@shidang/contracts';
import { eventually } from '@shidang/testing';
import { RecordsSuite, type School } from '../records.testing';

/** 工作方案 五(二)–(三): registered, filled in, submitted, decided, effective. */
describe('the path of a record', () => {
  let suite: RecordsSuite;
  let school: School;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
  });
  afterAll(() => suite.stop());

  test('from four facts to an effective version with a formal code', async () => {
    const person = suite.person();
    const { teacher } = await suite.register(school, suite.facts(person));
    expect(teacher).toMatchObject({ status: 'not-started', personalCodeFormal: false, organisation: school.code });

    await suite.fill(school.information, teacher.id, suite.record(person));
    const complete = await suite.service.ask(readCompleteness, { teacherId: teacher.id }, school.information);
    expect(complete.findings.filter((each) => each.severity === 'error')).toEqual([]);
    expect((await suite.teacher(school.information, teacher.id)).stage).toBe('complete');

    const made = await suite.submit(school.information, teacher.id);
    expect(made.kind).toBe('first');
    expect((await suite.teacher(school.information, teacher.id)).inReview).toBe(true);

    await suite.move(school, made, 'school-approved', { from: 'school-review' });
    await suite.becomes(
      school.principal,
      teacher.id,
      (each) => each.status === 'school-approved',
      'the list follows the case',
    );
    await suite.decide(school, made);
    const effective = await suite.becomes(
      school.information,
      teacher.id,
      (each) => each.status === 'effective',
      'the record takes effect',
    );
    expect(effective).toMatchObject({ effectiveVersion: 1, personalCodeFormal: true, inReview: false });
    expect(effective.personalCodeMasked).toMatch(/^G331199\*{8}\w{4}$/);

    const facts = await suite.service.rows<{ payload: { facts: Record<string, string> } }>(
      `select payload from outbox where subject = 'evt.records.record-effective' and aggregate_id = $1`,
      [teacher.id],
    );
    expect(facts).toHaveLength(1);
    expect(facts[0]?.payload.facts).toMatchObject({
      'basic.sex': person.sex,
      'basic.birthMonth': person.birthDate.slice(0, 7),
    });

    const history = await suite.service.ask(
      readHistory,
      { teacherId: teacher.id, section: 'education' },
      school.information,
    );
    expect(history.items[0]).toMatchObject({
      via: { kind: 'screen' },
      by: { accountId: school.information.accountId },
    });
    await eventually(async () => {
      const again = await suite.service.ask(
        readHistory,
        { teacherId: teacher.id, section: 'education' },
        school.information,
      );
      expect(again.items[0]?.reviews.map((each) => each.step).sort()).toEqual(['authority', 'school']);
    }, 'both reviews are in the history');
  });
});

import {
  findPosts,
  organisationFounded,
  readReceipt,
  readSubmission,
  sendUpward,
  submissionMade,
  type SubmissionView,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, aSchool, aSubmission, city, county, ReviewSuite, someMarks } from '../review.testing';

describe('the path of a submission', () => {
  let suite: ReviewSuite;
  const officer = aCaller('informationAdministrator', county);

  beforeAll(async () => {
    suite = await ReviewSuite.start();
    await suite.service.answers(
      readSubmission,
      ({ submissionId }) =>
        ({ id: submissionId, category: 'primarySecondary', entries: [], changes: [] }) as unknown as SubmissionView,
    );
    await suite.service.answers(findPosts, () => ({ posts: [] }));
  }, 60_000);
  afterAll(() => suite.stop());

  const approvedCase = async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    const made = aSubmission(school, administrator);
    const found = await suite.decide(await suite.submit(made, principal), principal);
    return { school, principal, administrator, made, found };
  };

  it('goes from the principal upward to the authority, and tells each move', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    const named = { orgPath: school.path, code: school.code, name: '莲都小学', tier: 'school', version: 1 };
    await suite.service.tell(organisationFounded, named);
    const made = aSubmission(school, administrator);

    const opened = await suite.submit(made, principal);
    expect(opened).toMatchObject({
      stage: 'school-review',
      turnRole: 'principal',
      decidable: true,
      organisation: school.code,
    });
    expect(await suite.decide(opened, principal)).toMatchObject({ stage: 'school-approved', decidable: false });

    const receipt = await suite.service.ask(sendUpward, {}, principal);
    expect(receipt).toMatchObject({ count: 1, organisation: school.code, authority: '331102', caseIds: [opened.id] });
    expect(receipt.receipt).toMatch(new RegExp(`^331102-${school.code}-\\d{8}-0001$`));
    expect(await suite.service.ask(readReceipt, { receipt: receipt.receipt }, officer)).toEqual(receipt);
    const trail = await suite.service.rows(
      `select what, org_path, account_id from audit_event where object = $1 and concerns = $2`,
      [`receipt:${receipt.receipt}`, `teacher:${made.teacherId}`],
    );
    expect(trail).toEqual([{ what: sendUpward.name, org_path: school.path, account_id: principal.accountId }]);

    const sent = await suite.caseOf(made.teacherId, officer, ({ organisationName }) => organisationName === '莲都小学');
    expect(sent).toMatchObject({
      stage: 'authority-review',
      turnOrganisation: '331102',
      decidable: true,
      receipt: receipt.receipt,
    });
    const approved = await suite.decide(sent, officer);
    expect([approved.stage, approved.decidable, approved.turnRole]).toEqual(['approved', false, undefined]);

    const told = await suite.told(made.teacherId);
    expect(told.map(([subject, what, { version }]) => [subject, what, version])).toEqual([
      ['case-moved', 'school-review', 1],
      ['case-moved', 'school-approved', 2],
      ['case-moved', 'authority-review', 3],
      ['case-decided', 'approve', undefined],
      ['case-moved', 'approved', 4],
    ]);
    const { accountId, personId, role } = officer;
    expect(told[3]![2]).toMatchObject({
      step: 'authority',
      contentHash: made.contentHash,
      actor: { accountId, personId, role },
    });
    await eventually(
      async () => (await suite.service.rows(`select 1 from outbox where published_at is null`)).length === 0,
      'everything told is on the stream',
    );
  });

  it('opens one case however often a submission is told', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    const made = aSubmission(school, administrator);
    const messageId = await suite.service.tell(submissionMade, made);
    await suite.service.tell(submissionMade, made, newId());
    await suite.service.tell(submissionMade, made, messageId);
    await suite.submit(aSubmission(school, administrator), principal);
    const cases = await suite.service.rows('select id from review_case where submission_id = $1', [made.submissionId]);
    expect(cases).toHaveLength(1);
  });

  it('goes to the city from a city-run school', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool(city);
    const made = aSubmission(school, administrator);
    await suite.decide(await suite.submit(made, principal), principal);
    expect((await suite.service.ask(sendUpward, {}, principal)).authority).toBe('331100');
    const found = await suite.caseOf(made.teacherId, aCaller('informationAdministrator', city));
    expect(found).toMatchObject({ stage: 'authority-review', turnOrganisation: '331100', decidable: true });
  });

  it('comes back with marks from the authority; the mended submission takes its place', async () => {
    const { principal, made, school, administrator } = await approvedCase();
    await suite.service.ask(sendUpward, {}, principal);
    const sent = await suite.caseOf(made.teacherId, officer);
    const returned = await suite.decide(sent, officer, { verdict: 'return', marks: someMarks });
    expect(returned).toMatchObject({ stage: 'authority-returned', turnOrganisation: school.code });

    const mended = aSubmission(school, administrator, { teacherId: made.teacherId, supersedes: made.submissionId });
    const again = await suite.submit(mended, principal);
    expect(again.stage).toBe('school-review');
    const told = await suite.told(made.teacherId);
    expect(told.slice(-4).map(([subject, what, { version }]) => [subject, what, version])).toEqual([
      ['case-decided', 'return', undefined],
      ['case-moved', 'authority-returned', 4],
      ['case-moved', 'superseded', 5],
      ['case-moved', 'school-review', 6],
    ]);
    expect(told.at(-4)![2]['marks']).toEqual([{ section: 'basic', indicator: 'staffNo', reason: 'wrong' }]);
    await expect(suite.decide(sent, officer)).rejects.toThrow('review.content_changed');
  });

  it('numbers the submissions of a day and takes chosen cases only when all of them are approved', async () => {
    const { school, principal, administrator, found } = await approvedCase();
    const second = await suite.decide(await suite.submit(aSubmission(school, administrator), principal), principal);
    const open = await suite.submit(aSubmission(school, administrator), principal);
    const send = (...caseIds: string[]) => suite.service.ask(sendUpward, { caseIds }, principal);
    await expect(send(found.id, open.id)).rejects.toMatchObject({
      body: { code: 'review.not_approved', errors: [{ pointer: '/caseIds/1' }] },
    });
    expect((await send(found.id)).receipt).toMatch(/-0001$/);
    expect((await send(second.id)).receipt).toMatch(/-0002$/);
    await expect(suite.service.ask(sendUpward, {}, principal)).rejects.toThrow('review.nothing_approved');
  });

  it('is submitted upward by the school, and its receipt is nobody else’s', async () => {
    const { principal } = await approvedCase();
    await expect(suite.service.ask(sendUpward, {}, officer)).rejects.toThrow('review.schools_submit');
    const { receipt } = await suite.service.ask(sendUpward, {}, principal);
    const stranger = aCaller('principal', aSchool().path);
    await expect(suite.service.ask(readReceipt, { receipt }, stranger)).rejects.toThrow('review.receipt_not_found');
  });
});

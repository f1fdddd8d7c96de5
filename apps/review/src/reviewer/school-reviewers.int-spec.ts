import { accountActivated, findPosts, postEnded, submissionMade, type PostHeld } from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, aSchool, aSubmission, county, ReviewSuite } from '../review.testing';

describe('whether the school may review', () => {
  let suite: ReviewSuite;
  const officer = aCaller('informationAdministrator', county);
  /** What identity answers, by the path of the school. */
  const identity = new Map<string, PostHeld[]>();

  let identityLeaves: () => void;
  const identityAnswers = async () => {
    identityLeaves = await suite.service.answers(findPosts, ({ orgPath }) => ({ posts: identity.get(orgPath) ?? [] }));
  };

  beforeAll(async () => {
    suite = await ReviewSuite.start();
    await identityAnswers();
  }, 60_000);
  afterAll(() => suite.stop());

  const administratorOf = (school: { path: string }) => aCaller('informationAdministrator', school.path);

  it('skips it where there is no principal', async () => {
    const school = aSchool();
    const found = await suite.submit(aSubmission(school, administratorOf(school)), officer);
    expect(found).toMatchObject({ stage: 'authority-review', schoolSkipped: true, decidable: true });
  });

  it('skips it for the principal’s own record', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    const own = aSubmission(school, administrator, { contributors: [administrator.personId, principal.personId] });
    expect(await suite.submit(own, officer)).toMatchObject({ stage: 'authority-review', schoolSkipped: true });
  });

  it('keeps it where another principal is no contributor', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    await suite.appoint(aCaller('principal', school.path));
    const own = aSubmission(school, administrator, { contributors: [principal.personId] });
    expect(await suite.submit(own, officer)).toMatchObject({ stage: 'school-review', schoolSkipped: false });
  });

  it('is not skipped because the principal’s post has not reached review yet', async () => {
    const school = aSchool();
    const post = { postId: newId(), accountId: newId(), personId: newId(), role: 'principal', usable: true } as const;
    identity.set(school.path, [post]);
    const found = await suite.submit(aSubmission(school, administratorOf(school)), officer);
    expect(found).toMatchObject({ stage: 'school-review', schoolSkipped: false });
  });

  it('is waited for while identity is away, instead of skipped', async () => {
    identityLeaves();
    const school = aSchool();
    const post = { postId: newId(), accountId: newId(), personId: newId(), role: 'principal', usable: true } as const;
    identity.set(school.path, [post]);
    const made = aSubmission(school, administratorOf(school));
    await suite.service.tell(submissionMade, made);
    await identityAnswers();
    expect((await suite.caseOf(made.teacherId, officer)).stage).toBe('school-review');
  });

  it('is not skipped because the principal has not activated the account yet', async () => {
    const school = aSchool();
    const principal = aCaller('principal', school.path);
    await suite.appoint(principal, null);
    const found = await suite.submit(aSubmission(school, administratorOf(school)), officer);
    expect(found.stage).toBe('school-review');
  });

  it('skips it after all when the principal turns out to be who filled in', async () => {
    const school = aSchool();
    const administrator = administratorOf(school);
    const principal = aCaller('principal', school.path);
    await suite.appoint(principal, null);
    const own = await suite.submit(aSubmission(school, administrator), officer);
    const others = await suite.submit(aSubmission(school, administratorOf(school)), officer);
    await suite.service.tell(accountActivated, {
      orgPath: school.path,
      accountId: principal.accountId,
      personId: administrator.personId,
      role: 'principal',
      orgCode: school.code,
    });
    const moved = await suite.caseOf(own.teacherId, officer, ({ stage }) => stage !== 'school-review');
    expect(moved).toMatchObject({ stage: 'authority-review', schoolSkipped: true });
    expect((await suite.told(own.teacherId)).at(-1)).toMatchObject([
      'case-moved',
      'authority-review',
      { schoolSkipped: true },
    ]);
    expect((await suite.caseOf(others.teacherId, officer)).stage).toBe('school-review');
  });

  it('knows the person of a principal whose activation arrived before the post', async () => {
    const school = aSchool();
    const administrator = administratorOf(school);
    const principal = aCaller('principal', school.path);
    await suite.service.tell(accountActivated, {
      orgPath: school.path,
      accountId: principal.accountId,
      personId: administrator.personId,
      role: 'informationAdministrator',
      orgCode: school.code,
    });
    await suite.appoint(principal, null);
    const found = await suite.submit(aSubmission(school, administrator), officer);
    expect(found).toMatchObject({ stage: 'authority-review', schoolSkipped: true });
  });

  it('waits for the successor when the only principal leaves', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    const found = await suite.submit(aSubmission(school, administrator), officer);
    const { postId, accountId } = principal;
    await suite.service.tell(postEnded, {
      orgPath: school.path,
      postId,
      accountId,
      role: 'principal',
      orgCode: school.code,
      version: 2,
    });
    await eventually(
      async () =>
        (await suite.service.rows(`select 1 from principal_post where post_id = $1 and ended`, [postId])).length === 1,
      'the end of the post is known',
    );
    const later = await suite.submit(aSubmission(school, administrator), officer);
    expect([(await suite.caseOf(found.teacherId, officer)).stage, later.stage]).toEqual([
      'school-review',
      'authority-review',
    ]);
  });
});

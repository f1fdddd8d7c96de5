import {
  decideCase,
  decisionRefused,
  findPosts,
  listCases,
  readCase,
  sendUpward,
  type CaseSummary,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { aCaller, aSchool, aSubmission, city, county, ReviewSuite, someMarks } from '../review.testing';

describe('a decision', () => {
  let suite: ReviewSuite;
  const officer = aCaller('informationAdministrator', county);

  beforeAll(async () => {
    suite = await ReviewSuite.start();
    await suite.service.answers(findPosts, () => ({ posts: [] }));
  }, 60_000);
  afterAll(() => suite.stop());

  const openCase = async (ruleHits: string[] = []) => {
    const staffed = await suite.aStaffedSchool();
    const made = aSubmission(staffed.school, staffed.administrator, { ruleHits });
    return { ...staffed, made, found: await suite.submit(made, staffed.principal) };
  };

  it('is refused to who filled in, also through a second account', async () => {
    const { found, school, administrator } = await openCase();
    const second = aCaller('principal', school.path, { personId: administrator.personId });
    await expect(suite.decide(found, second)).rejects.toMatchObject({
      body: { code: 'review.own_submission', kind: 'forbidden' },
    });
  });

  it('needs the version it has seen, and refuses another', async () => {
    const { found, principal } = await openCase();
    const { id: caseId, contentHash } = found;
    const command = { caseId, contentHash, verdict: 'approve' } as const;
    await expect(suite.service.ask(decideCase, command, principal)).rejects.toThrow('request.version_required');
    await expect(suite.decide(found, principal, {}, '9.00000000')).rejects.toThrow('request.stale_version');
    await expect(suite.decide(found, principal, { contentHash: '0'.repeat(64) })).rejects.toMatchObject({
      body: { code: 'review.content_changed', kind: 'conflict' },
    });
  });

  it('comes once: the second reviewer is told that it is over', async () => {
    const { found, principal, school } = await openCase();
    const both = [principal, aCaller('principal', school.path)].map((by) => suite.decide(found, by));
    const results = await Promise.allSettled(both);
    expect(results.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    const told = await suite.told(found.teacherId);
    expect(told.filter(([, what]) => what === 'school-approved')).toHaveLength(1);
  });

  it('asked again under the same key is answered, not made again', async () => {
    const { found, principal } = await openCase();
    const { id: caseId, contentHash, etag } = found;
    const ask = () =>
      suite.service.ask(decideCase, { caseId, contentHash, verdict: 'approve' }, principal, {
        ifMatch: etag,
        idempotencyKey: 'k1',
      });
    expect(await ask()).toEqual(await ask());
  });

  it('is refused out of turn, and to tiers above the authority', async () => {
    const { found, principal } = await openCase();
    await expect(suite.decide(found, officer)).rejects.toThrow('review.not_your_turn');
    const approved = await suite.decide(found, principal);
    await expect(suite.decide(approved, principal)).rejects.toThrow('review.not_awaiting');
    await suite.service.ask(sendUpward, {}, principal);
    const sent = await suite.caseOf(found.teacherId, officer);
    for (const path of [city, '0.33.', '0.']) {
      const above = aCaller('informationAdministrator', path);
      expect((await suite.caseOf(found.teacherId, above)).decidable).toBe(false);
      await expect(suite.decide(sent, above)).rejects.toThrow('review.not_your_turn');
    }
  });

  it('out of scope is as if the case did not exist', async () => {
    const { found } = await openCase();
    const refusalOf = (by: ReturnType<typeof aCaller>, id: string) =>
      suite.decide({ ...found, id }, by).catch((refused: { body: unknown }) => refused.body);
    for (const stranger of [
      aCaller('principal', aSchool().path),
      aCaller('informationAdministrator', '0.33.3311.331121.'),
      aCaller('informationAdministrator', '0.33.3310.'),
    ]) {
      expect(await refusalOf(stranger, found.id)).toEqual(await refusalOf(stranger, newId()));
      await expect(suite.service.ask(readCase, { caseId: found.id }, stranger)).rejects.toThrow(
        'review.case_not_found',
      );
      expect((await suite.service.ask(listCases, { teacherId: found.teacherId }, stranger)).page.total).toBe(0);
    }
  });

  it('is not the viewer’s, the teacher’s or the school administrator’s', async () => {
    const { found, school, made } = await openCase();
    for (const by of [
      aCaller('informationViewer', county),
      aCaller('teacher', school.path, { teacherId: made.teacherId }),
      aCaller('informationAdministrator', school.path),
    ]) {
      await expect(suite.decide(found, by)).rejects.toThrow('request.forbidden');
    }
  });

  it('returns with marks only', async () => {
    const { found, principal } = await openCase();
    await expect(suite.decide(found, principal, { verdict: 'return' })).rejects.toThrow('review.return_needs_marks');
    await expect(suite.decide(found, principal, { marks: someMarks })).rejects.toThrow('review.approval_has_marks');
    const wordless = [{ ...someMarks[0]!, words: '' }];
    await expect(suite.decide(found, principal, { verdict: 'return', marks: wordless })).rejects.toThrow(
      'request.malformed',
    );
  });

  it('that records cannot apply turns the case into a conflict', async () => {
    const { found, principal, made } = await openCase();
    await suite.decide(found, principal);
    await suite.service.ask(sendUpward, {}, principal);
    await suite.decide(await suite.caseOf(found.teacherId, officer), officer);
    const refused = {
      orgPath: made.orgPath,
      caseId: found.id,
      submissionId: made.submissionId,
      teacherId: made.teacherId,
    };
    await suite.service.tell(decisionRefused, { ...refused, reason: 'records.content_differs' });
    expect(await suite.caseOf(found.teacherId, officer, ({ stage }) => stage === 'conflict')).toMatchObject({
      turnOrganisation: '331102',
      decidable: false,
    });
  });

  it('leaves an audit row, and so does its refusal', async () => {
    const { found, principal } = await openCase();
    await suite.decide(found, officer).catch(() => undefined);
    await suite.decide(found, principal);
    const rows = await suite.service.rows<{ result: string; account_id: string }>(
      `select result, account_id from audit_event where what = 'review.case.decide' and object = $1 order by id`,
      [`case:${found.id}`],
    );
    expect(rows).toEqual([
      { result: 'review.not_your_turn', account_id: officer.accountId },
      { result: 'done', account_id: principal.accountId },
    ]);
  });

  it('finds its cases by turn, state and organisation, page by page', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    const cases: CaseSummary[] = [];
    for (let i = 0; i < 3; i++) cases.push(await suite.submit(aSubmission(school, administrator), principal));
    const list = (query: object, by = principal) => suite.service.ask(listCases, query, by);
    const first = await list({ turn: 'mine', limit: 2 });
    expect(first.page).toMatchObject({ total: 3, totalIsExact: true });
    const second = await list({ turn: 'mine', limit: 2, cursor: first.page.next });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
    expect(second.page.next).toBeUndefined();
    expect((await list({ turn: 'mine' }, administrator)).items).toEqual([]);
    expect((await list({ state: 'approved' })).items).toEqual([]);
    expect((await list({ organisation: school.code })).items).toEqual([]); // not replicated: as nonexistent
    await expect(list({ cursor: first.page.next }, aCaller('principal', school.path))).rejects.toThrow(
      'request.malformed',
    );
  });
});

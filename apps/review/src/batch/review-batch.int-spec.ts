import type { Caller } from '@shidang/access';
import {
  createReviewBatch,
  findPosts,
  identityRefusals,
  listCases,
  readReviewBatch,
  releaseReviewBatch,
  renewCaller,
  submissionMade,
  undoReviewBatch,
  type CaseSummary,
  type ReviewBatchView,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, aSchool, aSubmission, county, ReviewSuite } from '../review.testing';

describe('a batch of approvals', () => {
  let suite: ReviewSuite;
  /** Reviewers identity still signs, by account. */
  const signed = new Map<string, Caller>();

  const start = (holdSeconds: number) => async () => {
    suite = await ReviewSuite.start({ BATCH_HOLD_SECONDS: String(holdSeconds), BATCH_LOOK_MS: '50' });
    await suite.service.answers(findPosts, () => ({ posts: [] }));
    await suite.service.answers(renewCaller, async ({ accountId }) => {
      const caller = signed.get(accountId);
      if (!caller) throw identityRefusals.sessionEnded({});
      return { callerToken: await suite.service.tokenOf(caller), expiresAt: new Date().toISOString() };
    });
  };
  const stop = () => suite.stop();

  const waiting = async (count: number) => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    signed.set(principal.accountId, principal);
    for (let i = 0; i < count; i++) await suite.service.tell(submissionMade, aSubmission(school, administrator));
    const cases = await eventually(async () => {
      const { items } = await suite.service.ask(listCases, { turn: 'mine', limit: 200 }, principal);
      return items.length === count ? items : false;
    }, 'all cases are open');
    return { school, principal, administrator, cases };
  };
  const create = (cases: readonly CaseSummary[], by: Caller): Promise<ReviewBatchView> =>
    suite.service.ask(
      createReviewBatch,
      { verdict: 'approve', cases: cases.map(({ id, contentHash }) => ({ caseId: id, contentHash })) },
      by,
    );
  const stageOf = async (found: CaseSummary, by: Caller) => (await suite.caseOf(found.teacherId, by)).stage;

  describe('before it is due', () => {
    beforeAll(start(600), 60_000);
    afterAll(stop);

    it('is held, can be undone, and then decides nothing', async () => {
      const { cases, principal } = await waiting(2);
      const batch = await create(cases, principal);
      expect(batch).toMatchObject({ state: 'held', count: 2, skipped: [] });
      await expect(suite.decide(cases[0]!, principal)).rejects.toThrow('review.held_in_batch');
      expect((await suite.caseOf(cases[0]!.teacherId, principal)).heldUntil).toBe(batch.releaseAt);

      const ref = { batchId: batch.id };
      expect((await suite.service.ask(undoReviewBatch, ref, principal)).state).toBe('undone');
      await expect(suite.service.ask(releaseReviewBatch, ref, principal)).rejects.toThrow('review.batch_closed');
      expect(await stageOf(cases[1]!, principal)).toBe('school-review');
      expect((await suite.decide(cases[0]!, principal)).stage).toBe('school-approved');
    });

    it('skips and lists what a single decision would refuse, and what has serious rule hits', async () => {
      const { school, cases, principal, administrator } = await waiting(2);
      const risky = await suite.submit(aSubmission(school, administrator, { ruleHits: ['record.order'] }), principal);
      // a second principal reviews, else the school's step would be skipped
      await suite.appoint(aCaller('principal', school.path));
      const own = await suite.submit(
        aSubmission(school, administrator, { contributors: [principal.personId] }),
        principal,
      );
      const stale = { ...cases[1]!, contentHash: '0'.repeat(64) };
      const foreign = { ...cases[1]!, id: newId() };

      const batch = await create([cases[0]!, risky, own, stale, foreign], principal);
      expect(batch).toMatchObject({ count: 1, caseIds: [cases[0]!.id] });
      expect(batch.skipped.map(({ caseId, code }) => [caseId, code])).toEqual(
        [
          [risky.id, 'review.rule_hits'],
          [own.id, 'review.own_submission'],
          [stale.id, 'review.content_changed'],
          [foreign.id, 'review.case_not_found'],
        ].sort(),
      );
      const released = await suite.service.ask(releaseReviewBatch, { batchId: batch.id }, principal);
      expect(released).toMatchObject({ state: 'released', count: 1 });
      expect(await suite.service.ask(readReviewBatch, { batchId: batch.id }, principal)).toEqual(released);
      expect(await stageOf(cases[0]!, principal)).toBe('school-approved');
      expect(await stageOf(cases[1]!, principal)).toBe('school-review');
      await expect(suite.service.ask(undoReviewBatch, { batchId: batch.id }, principal)).rejects.toThrow(
        'review.batch_closed',
      );
    });

    it('takes each case once', async () => {
      const { cases, principal } = await waiting(1);
      await expect(create([cases[0]!, cases[0]!], principal)).rejects.toThrow('request.malformed');
      expect((await suite.decide(cases[0]!, principal)).stage).toBe('school-approved');
    });

    it.each([undoReviewBatch, releaseReviewBatch])('frees by $name whatever it holds', async (close) => {
      const { cases, principal } = await waiting(1);
      const { id: batchId } = await create(cases, principal);
      await suite.service.rows(`delete from review_batch_item where batch_id = $1`, [batchId]);
      expect(await suite.service.ask(close, { batchId }, principal)).toMatchObject({ count: 0 });
      expect((await suite.decide(cases[0]!, principal)).stage).toBe('school-approved');
    });

    it('leaves nothing held once it is closed, wherever its school has moved', async () => {
      const { cases, principal } = await waiting(1);
      const { id: batchId } = await create(cases, principal);
      await suite.service.ask(undoReviewBatch, { batchId }, principal);
      await suite.service.rows(`update review_case set held_by = $1, held_until = now() where id = $2`, [
        batchId,
        cases[0]!.id,
      ]);
      const held = () => suite.service.rows(`select 1 from review_case where held_by = $1`, [batchId]);
      await eventually(async () => (await held()).length === 0, 'the case is free');
    });

    it('is its maker’s alone, and out of scope as if it did not exist', async () => {
      const { cases, principal, school } = await waiting(1);
      const { id: batchId } = await create(cases, principal);
      const second = aCaller('principal', school.path);
      await expect(suite.service.ask(undoReviewBatch, { batchId }, second)).rejects.toThrow('review.not_your_batch');
      const officer = aCaller('informationAdministrator', county);
      await expect(suite.service.ask(releaseReviewBatch, { batchId }, officer)).rejects.toThrow(
        'review.not_your_batch',
      );
      const stranger = aCaller('principal', aSchool().path);
      await expect(suite.service.ask(readReviewBatch, { batchId }, stranger)).rejects.toThrow('review.batch_not_found');
    });
  });

  describe('when it is due', () => {
    beforeAll(start(0), 60_000);
    afterAll(stop);

    it('of sixty is released when it is due, as its maker', async () => {
      const { cases, principal } = await waiting(60);
      const { id: batchId } = await create(cases, principal);
      await eventually(
        async () => (await suite.service.ask(readReviewBatch, { batchId }, principal)).state === 'released',
        'the batch is released',
      );
      const rows = await suite.service.rows<{ n: string }>(
        `select count(*) as n from case_decision where batch_id = $1 and account_id = $2`,
        [batchId, principal.accountId],
      );
      expect(rows).toEqual([{ n: '60' }]);
      expect((await suite.told(cases[59]!.teacherId)).map(([, what]) => what)).toEqual([
        'school-review',
        'school-approved',
      ]);
      const [audit] = await suite.service.rows(
        `select result from audit_event where what = 'review.batch.release' and object = $1`,
        [`batch:${batchId}`],
      );
      expect(audit).toEqual({ result: 'done' });
    });

    it('stops when its maker has lost the post, and the cases wait again', async () => {
      const { cases, principal } = await waiting(1);
      signed.delete(principal.accountId);
      const { id: batchId } = await create(cases, principal);
      const stopped = await eventually(async () => {
        const batch = await suite.service.ask(readReviewBatch, { batchId }, principal);
        return batch.state === 'held' ? false : batch;
      }, 'the batch is stopped');
      expect(stopped).toMatchObject({ state: 'stopped', stoppedBy: 'identity.session_ended' });
      expect((await suite.decide(cases[0]!, principal)).stage).toBe('school-approved');
    });
  });
});

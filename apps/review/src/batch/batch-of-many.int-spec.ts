import type { Caller } from '@shidang/access';
import {
  createReviewBatch,
  findPosts,
  identityRefusals,
  listBatchItems,
  listCases,
  listReviewBatches,
  readReviewBatch,
  readReviewJob,
  releaseReviewBatch,
  renewCaller,
  selectCases,
  undoReviewBatch,
  type ReviewBatchView,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, aSchool, ReviewSuite, someCases, type School } from '../review.testing';

/** A chunk and a bit. */
const many = 250;
const filter = { turn: 'mine' } as const;

describe('a batch of many', () => {
  let suite: ReviewSuite;
  /** Reviewers identity still signs, by account, and how often it has. */
  const signed = new Map<string, Caller>();
  let renewals = 0;
  let counties = 0;

  beforeAll(async () => {
    suite = await ReviewSuite.start({ BATCH_HOLD_SECONDS: '600', BATCH_LOOK_MS: '20' });
    await suite.service.answers(findPosts, () => ({ posts: [] }));
    await suite.service.answers(renewCaller, async ({ accountId }) => {
      const caller = signed.get(accountId);
      if (!caller) throw identityRefusals.sessionEnded({});
      renewals += 1;
      return { callerToken: await suite.service.tokenOf(caller), expiresAt: new Date().toISOString() };
    });
  }, 60_000);
  afterAll(() => suite.stop());

  async function aCounty(count = many): Promise<{ officer: Caller; school: School }> {
    const county = `0.33.3311.3311${30 + counties++}.`;
    const officer = aCaller('informationAdministrator', county);
    signed.set(officer.accountId, officer);
    const school = aSchool(county);
    await someCases(suite.service, { school, count, turn: county });
    return { officer, school };
  }
  const selected = (by: Caller) => suite.service.ask(selectCases, { filter }, by);
  const batched = (selectionId: string, by: Caller) =>
    suite.service.ask(createReviewBatch, { selectionId, verdict: 'approve' }, by);
  const inState = (batchId: string, state: ReviewBatchView['state'], by: Caller) =>
    eventually(
      async () => {
        const batch = await suite.service.ask(readReviewBatch, { batchId }, by);
        return batch.state === state ? batch : false;
      },
      `the batch is ${state}`,
      { timeout: 20_000 },
    );
  const held = async (by: Caller) => {
    const { id } = await batched((await selected(by)).id, by);
    return inState(id, 'held', by);
  };
  const countOf = async (text: string, params: unknown[]) =>
    Number((await suite.service.rows<{ n: string }>(`select count(*) as n from ${text}`, params))[0]!.n);
  const decisions = (batchId: string) => countOf('case_decision where batch_id = $1', [batchId]);

  it('is held and released chunk by chunk as its maker, each case once', async () => {
    // three chunks and a bit
    const many = 650;
    const { officer, school } = await aCounty(many);
    const before = renewals;
    const made = await batched((await selected(officer)).id, officer);
    expect(made).toMatchObject({ state: 'holding', total: many, count: many, decided: 0 });
    const ready = await inState(made.id, 'held', officer);
    expect(ready).toMatchObject({ count: many, skippedCount: 0 });
    expect(renewals - before).toBeGreaterThanOrEqual(4);
    expect(await suite.service.ask(readReviewJob, { jobId: made.id }, officer)).toMatchObject({
      ...{ kind: 'review-batch', state: 'held', total: many, done: many, skipped: 0 },
      heldUntil: ready.releaseAt,
    });
    expect(await countOf('review_case where held_by = $1 and held_until = $2', [made.id, ready.releaseAt])).toBe(many);

    const going = await suite.service.ask(releaseReviewBatch, { batchId: made.id }, officer);
    expect(going.state).toBe('releasing');
    await expect(suite.service.ask(undoReviewBatch, { batchId: made.id }, officer)).rejects.toThrow(
      'review.batch_closed',
    );
    expect(await inState(made.id, 'released', officer)).toMatchObject({ decided: many, skippedCount: 0 });
    expect(await decisions(made.id)).toBe(many);
    const [told] = await suite.service.rows(
      `select count(*)::int as facts, count(distinct payload ->> 'caseId')::int as cases from outbox
       where subject = 'evt.review.case-decided' and org_path = $1`,
      [school.path],
    );
    expect(told).toEqual({ facts: many, cases: many });
    // each record's own trail tells of it, once
    const [trail] = await suite.service.rows(
      `select count(*)::int as events, count(distinct c.teacher_id)::int as records from audit_event a
       join review_case c on a.concerns = 'teacher:' || c.teacher_id and a.org_path = c.org_path
       where a.what = 'review.batch.release' and a.object = $1 and a.account_id = $2 and a.result = 'done'`,
      [`batch:${made.id}`, officer.accountId],
    );
    expect(trail).toEqual({ events: many, records: many });
    expect(await suite.service.ask(readReviewJob, { jobId: made.id }, officer)).toMatchObject({ state: 'done' });
  }, 60_000);

  it('decides what was selected then, with the content it had then, and says what it skipped', async () => {
    const { officer, school } = await aCounty();
    const selection = await selected(officer);
    await someCases(suite.service, { school, count: 1, turn: officer.orgPath });
    const [mended, risky, decided] = (await suite.service.ask(listCases, { ...filter, limit: 3 }, officer)).items;
    await suite.service.rows(`update review_case set content_hash = $2 where id = $1`, [mended!.id, '0'.repeat(64)]);
    await suite.service.rows(`update review_case set rule_hits = '{record.order}' where id = $1`, [risky!.id]);
    await suite.decide(decided!, officer);

    const { id: batchId } = await batched(selection.id, officer);
    const ready = await inState(batchId, 'held', officer);
    expect(ready).toMatchObject({ total: many, count: many - 3, skippedCount: 3 });
    const { items, page } = await suite.service.ask(listBatchItems, { batchId, result: 'skipped', limit: 2 }, officer);
    expect(page.total).toBe(3);
    const rest = await suite.service.ask(
      listBatchItems,
      { batchId, result: 'skipped', limit: 2, cursor: page.next },
      officer,
    );
    expect(new Map([...items, ...rest.items].map((item) => [item.caseId, item.code]))).toEqual(
      new Map([
        [mended!.id, 'review.content_changed'],
        [risky!.id, 'review.rule_hits'],
        [decided!.id, 'review.not_awaiting'],
      ]),
    );
    expect(items[0]).toMatchObject({ teacherId: expect.any(String) as string, detail: expect.any(String) as string });
    expect((await suite.service.ask(listReviewBatches, {}, officer)).items.map(({ id }) => id)).toEqual([batchId]);
  }, 60_000);

  it('is undone whole, and its cases wait as before', async () => {
    const { officer } = await aCounty();
    const ready = await held(officer);
    const undone = await suite.service.ask(undoReviewBatch, { batchId: ready.id }, officer);
    expect(undone).toMatchObject({ state: 'undone', decided: 0 });
    expect(await countOf('review_case where held_by = $1', [ready.id])).toBe(0);
    expect(await decisions(ready.id)).toBe(0);
    expect((await selected(officer)).count).toBe(many);
    expect((await held(officer)).count).toBe(many);
  }, 60_000);

  it('stops in the middle when its maker loses the post: what was decided stays, the rest waits', async () => {
    // after the first chunk more than one is left
    const { officer } = await aCounty(450);
    const ready = await held(officer);
    // the first chunk is through
    await suite.service.rows(
      `update review_batch_item set result = 'decided' where batch_id = $1 and case_id in
         (select case_id from review_batch_item where batch_id = $1 order by case_id limit 200)`,
      [ready.id],
    );
    signed.delete(officer.accountId);
    await suite.service.ask(releaseReviewBatch, { batchId: ready.id }, officer);
    const stopped = await inState(ready.id, 'stopped', officer);
    expect(stopped).toMatchObject({ stoppedBy: 'identity.session_ended', decided: 200 });
    expect(await countOf('review_case where held_by = $1', [ready.id])).toBe(0);
    expect(await suite.service.ask(readReviewJob, { jobId: ready.id }, officer)).toMatchObject({ state: 'stopped' });
  }, 60_000);

  it('goes on where a worker died, and a worker that woke up too late does nothing', async () => {
    const { officer } = await aCounty();
    const ready = await held(officer);
    // as a process that was killed in the middle of a chunk leaves it: nothing of the chunk, and the lease
    await suite.service.rows(
      `update review_batch set lease_owner = $2, lease_until = now() + interval '1 second' where id = $1`,
      [ready.id, newId()],
    );
    await suite.service.ask(releaseReviewBatch, { batchId: ready.id }, officer);
    expect(await inState(ready.id, 'released', officer)).toMatchObject({ decided: many });
    expect(await decisions(ready.id)).toBe(many);
  }, 60_000);

  it('is nobody else’s: selection, job and batch', async () => {
    const { officer } = await aCounty(3);
    const selection = await selected(officer);
    const colleague = aCaller('informationAdministrator', officer.orgPath);
    const elsewhere = { ...officer, postId: newId(), orgPath: '0.33.3311.331121.', orgCode: '331121' };
    for (const other of [colleague, elsewhere])
      await expect(batched(selection.id, other)).rejects.toThrow('review.selection_not_found');
    const { id } = await batched(selection.id, officer);
    for (const other of [colleague, elsewhere])
      await expect(suite.service.ask(readReviewJob, { jobId: id }, other)).rejects.toThrow('request.not_found');
    await expect(suite.service.ask(listBatchItems, { batchId: id }, elsewhere)).rejects.toThrow(
      'review.batch_not_found',
    );
    expect((await suite.service.ask(listReviewBatches, {}, colleague)).items).toEqual([]);
  });

  it('wants something to decide, one source, and an hour at most between selection and batch', async () => {
    const { officer } = await aCounty(2);
    const nowhere = { filter: { ...filter, organisation: '331197' } };
    await expect(suite.service.ask(selectCases, nowhere, officer)).rejects.toThrow('review.selection_empty');
    const selection = await selected(officer);
    const both = { selectionId: selection.id, cases: [{ caseId: newId(), contentHash: '0'.repeat(64) }] };
    for (const what of [{}, both])
      await expect(suite.service.ask(createReviewBatch, { ...what, verdict: 'approve' }, officer)).rejects.toThrow(
        'review.batch_of_what',
      );
    await suite.service.rows(`update selection set expires_at = now() where id = $1`, [selection.id]);
    await expect(batched(selection.id, officer)).rejects.toThrow('review.selection_not_found');
  });

  it('returns many with the same marks, on sections only', async () => {
    const { officer } = await aCounty(3);
    const marks = [{ section: 'training', reason: 'missing', words: '请补充近五年国内培训记录' } as const];
    const returning = async (given: typeof marks) => {
      const { id: selectionId } = await selected(officer);
      return suite.service.ask(createReviewBatch, { selectionId, verdict: 'return', marks: given }, officer);
    };
    for (const none of [[], null])
      await expect(returning(none as unknown as typeof marks)).rejects.toThrow('review.return_needs_marks');
    const astray = await returning([{ ...marks[0]!, section: 'nonsense' as 'training' }]);
    expect(astray).toMatchObject({ count: 0, skippedCount: 3 });
    const made = await returning(marks);
    expect(made).toMatchObject({ state: 'held', verdict: 'return', count: 3 });
    const released = await suite.service.ask(releaseReviewBatch, { batchId: made.id }, officer);
    expect(released).toMatchObject({ state: 'released', decided: 3 });
    const { items } = await suite.service.ask(listCases, { state: 'authority-returned' }, officer);
    expect(items).toHaveLength(3);
  });
});

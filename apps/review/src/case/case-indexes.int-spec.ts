import {
  decideCase,
  findPosts,
  listCases,
  readCase,
  readMarks,
  readReceipt,
  readSubmission,
  sendUpward,
  type SubmissionView,
} from '@shidang/contracts';
import { aCaller, aSubmission, county, ReviewSuite } from '../review.testing';

const schools = 300;
const cases = 10_000;

describe(`among ${cases} cases of ${schools} schools`, () => {
  let suite: ReviewSuite;
  const officer = aCaller('informationAdministrator', county);

  beforeAll(async () => {
    suite = await ReviewSuite.start();
    await suite.service.answers(findPosts, () => ({ posts: [] }));
    await suite.service.answers(readSubmission, ({ submissionId }) => ({ id: submissionId }) as SubmissionView);
    await suite.service.rows(
      `insert into review_case (id, submission_id, teacher_id, org_path, org_code, category, kind, stage, turn_org_path, turn_role,
         content_hash, contributors, rule_hits, submitted_by, submitter_role, school_skipped, submitted_at, moved_at, version)
       select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), place || code || '.', code, 'primarySecondary', 'first', 'authority-review',
         place, 'informationAdministrator', md5(n::text) || md5(n::text), '{}', '{}', gen_random_uuid(), 'teacher', false, now(), now(), 1
       from (select n, '0.33.3311.3311' || lpad((n % 9 + 21)::text, 2, '0') || '.' as place, (2133000000 + n % $2)::text as code
             from generate_series(1, $1::int) n) made`,
      [cases, schools],
    );
    await suite.service.rows(
      `insert into case_decision (id, case_id, org_path, teacher_id, step, verdict, content_hash, account_id, person_id, role, reviewer_path, marks, decided_at)
       select gen_random_uuid(), id, org_path, teacher_id, 'school', 'approve', content_hash, gen_random_uuid(), gen_random_uuid(), 'principal', org_path, '[]', now()
       from review_case`,
    );
    await suite.service.rows('vacuum analyze review_case');
    await suite.service.rows('vacuum analyze case_decision');
  }, 120_000);
  afterAll(() => suite.stop());

  /** Counted by PostgreSQL itself. A backend reports late, but when it ends at the latest. */
  const sequentialScans = async () => {
    const others = `pg_stat_activity where datname = current_database() and usename = 'review_app'`;
    await suite.service.rows(`select pg_terminate_backend(pid, 1000) from ${others} and state = 'idle'`);
    const rows = await suite.service.rows<{ scans: string }>(
      `select sum(seq_scan) as scans from pg_stat_user_tables where relname in ('review_case', 'case_decision')`,
    );
    return Number(rows[0]!.scans);
  };

  it('nothing a school or a county asks for reads a whole table', async () => {
    const { school, principal, administrator } = await suite.aStaffedSchool();
    const before = await sequentialScans();
    const found = await suite.submit(aSubmission(school, administrator), principal);
    await suite.service.ask(readCase, { caseId: found.id }, principal);
    await suite.service.ask(readMarks, { teacherId: found.teacherId }, administrator);
    const { id: caseId, contentHash, etag } = found;
    await suite.service.ask(decideCase, { caseId, contentHash, verdict: 'approve' }, principal, { ifMatch: etag });
    const { receipt } = await suite.service.ask(sendUpward, {}, principal);
    await suite.service.ask(readReceipt, { receipt }, officer);
    for (const by of [principal, officer]) {
      await suite.service.ask(listCases, { turn: 'mine' }, by);
      await suite.service.ask(listCases, { state: 'authority-review' }, by);
      await suite.service.ask(listCases, { sort: '-submittedAt', limit: 200 }, by);
      await suite.service.ask(listCases, { teacherId: found.teacherId }, by);
    }
    expect((await sequentialScans()) - before).toBe(0);
  });
});

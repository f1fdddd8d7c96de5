import { codeOfPath, tierOfPath, type Caller, type Role } from '@shidang/access';
import {
  decideCase,
  listCases,
  postGranted,
  submissionMade,
  type CaseSummary,
  type DecideCase,
  type MarkedValue,
  type SubmissionMade,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually, ServiceSuite } from '@shidang/testing';
import { randomBytes, randomInt } from 'node:crypto';
import { reviewService } from './review.service';

export const city = '0.33.3311.';
export const county = '0.33.3311.331102.';

export interface School {
  path: string;
  code: string;
}

/** A school nobody else in the run uses. */
export function aSchool(under = county): School {
  const code = `2133${String(randomInt(1_000_000)).padStart(6, '0')}`;
  return { path: `${under}${code}.`, code };
}

export const aCaller = (role: Role, orgPath: string, given: Partial<Caller> = {}): Caller => ({
  accountId: newId(),
  personId: newId(),
  postId: newId(),
  role,
  tier: tierOfPath(orgPath),
  orgPath,
  orgCode: codeOfPath(orgPath),
  ...given,
});

type Made = Omit<SubmissionMade, 'at'>;

/** What records tells when this caller submitted a record. */
export function aSubmission(school: School, by: Caller, given: Partial<SubmissionMade> = {}): Made {
  return {
    orgPath: school.path,
    actor: { accountId: by.accountId, personId: by.personId, role: by.role },
    submissionId: newId(),
    teacherId: newId(),
    schoolCode: school.code,
    category: 'primarySecondary',
    kind: 'first',
    contentHash: randomBytes(32).toString('hex'),
    contributors: [by.personId],
    submittedBy: by.accountId,
    ruleHits: [],
    ...given,
  };
}

export const someMarks: MarkedValue[] = [
  { section: 'basic', indicator: 'staffNo', reason: 'wrong', words: '教职工号与名册不符，请按名册填写' },
];

/** Review and the words of its neighbours. */
export class ReviewSuite {
  private constructor(readonly service: ServiceSuite) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<ReviewSuite> {
    return new ReviewSuite(await ServiceSuite.start(reviewService, environment));
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** The post of this principal is granted, and review has heard of it; `person: null` before the activation. */
  async appoint(principal: Caller, person: string | null = principal.personId): Promise<void> {
    await this.service.tell(postGranted, {
      orgPath: principal.orgPath,
      postId: principal.postId,
      accountId: principal.accountId,
      ...(person ? { personId: person } : {}),
      role: 'principal',
      tier: 'school',
      orgCode: principal.orgCode,
      version: 1,
    });
    await eventually(
      async () =>
        (await this.service.rows(`select 1 from principal_post where post_id = $1`, [principal.postId])).length === 1,
      'the principal’s post is known',
    );
  }

  async aStaffedSchool(under?: string): Promise<{ school: School; principal: Caller; administrator: Caller }> {
    const school = aSchool(under);
    const principal = aCaller('principal', school.path);
    await this.appoint(principal);
    return { school, principal, administrator: aCaller('informationAdministrator', school.path) };
  }

  /** The newest case of the teacher as this caller sees it, once it is as wanted. */
  caseOf(teacherId: string, by: Caller, wanted: (found: CaseSummary) => boolean = () => true): Promise<CaseSummary> {
    return eventually(async () => {
      const { items } = await this.service.ask(listCases, { teacherId, sort: '-submittedAt' }, by);
      return items[0] && wanted(items[0]) ? items[0] : false;
    }, 'the case is there');
  }

  /** Submits as records would tell it; answers the opened case as `by` sees it. */
  async submit(made: Made, by: Caller): Promise<CaseSummary> {
    await this.service.tell(submissionMade, made);
    return this.caseOf(made.teacherId, by, (found) => found.submissionId === made.submissionId);
  }

  decide(found: CaseSummary, by: Caller, given: Partial<DecideCase> = {}, ifMatch?: string): Promise<CaseSummary> {
    const { id: caseId, contentHash, etag } = found;
    return this.service.ask(decideCase, { caseId, contentHash, verdict: 'approve', ...given }, by, {
      ifMatch: ifMatch ?? etag,
    });
  }

  /** What review has told about the teacher so far: subject without its root, stage or verdict. */
  async told(teacherId: string): Promise<[subject: string, what: unknown, payload: Record<string, unknown>][]> {
    const rows = await this.service.rows<{ subject: string; payload: Record<string, unknown> }>(
      `select subject, payload from outbox where payload ->> 'teacherId' = $1 order by id`,
      [teacherId],
    );
    return rows.map(({ subject, payload }) => [
      subject.slice('evt.review.'.length),
      payload['stage'] ?? payload['verdict'],
      payload,
    ]);
  }
}

/** As many cases as wanted that wait for the authority at `turn`, written as opening them one by one would leave them. */
export async function someCases(
  service: ServiceSuite,
  { school, count, turn }: { school: School; count: number; turn: string },
): Promise<void> {
  const ids = Array.from({ length: count }, () => newId());
  await service.rows(
    `insert into review_case (id, submission_id, teacher_id, org_path, org_code, category, kind, stage, turn_org_path, turn_role,
       content_hash, contributors, rule_hits, submitted_by, submitter_role, school_skipped, submitted_at, moved_at, version)
     select id, gen_random_uuid(), gen_random_uuid(), $2, $3, 'primarySecondary', 'first', 'authority-review', $4,
       'informationAdministrator', md5(id::text) || md5(id::text), '{}', '{}', gen_random_uuid(), 'teacher', true, now(), now(), 1
     from unnest($1::uuid[]) id`,
    [ids, school.path, school.code, turn],
  );
}

import type { Caller } from '@shidang/access';
import type { MarkedValue, SubmissionMade } from '@shidang/contracts';
import { ReviewCase } from './review-case.entity';

const hash = 'a'.repeat(64);
const school = '0.33.3311.331102.2133001234.';
const county = '0.33.3311.331102.';

const made = (given: Partial<SubmissionMade> = {}): SubmissionMade => ({
  orgPath: school,
  at: '2026-11-23T01:00:00.000Z',
  actor: { accountId: 'account-filler', personId: 'person-filler', role: 'informationAdministrator' },
  submissionId: 'submission',
  teacherId: 'teacher',
  schoolCode: '2133001234',
  category: 'primarySecondary',
  kind: 'first',
  contentHash: hash,
  contributors: ['person-filler', 'person-teacher'],
  submittedBy: 'account-filler',
  ruleHits: [],
  ...given,
});

const aCase = (given: Partial<SubmissionMade> = {}, schoolSkipped = false) =>
  new ReviewCase(made(given), { schoolSkipped, after: 0 });

const aCaller = (given: Partial<Caller>): Caller => ({
  accountId: 'account-principal',
  personId: 'person-principal',
  postId: 'post',
  role: 'principal',
  tier: 'school',
  orgPath: school,
  orgCode: '2133001234',
  ...given,
});
const principal = aCaller({});
const filler = aCaller({ accountId: 'account-filler', personId: 'person-filler', role: 'informationAdministrator' });
const officer = aCaller({
  accountId: 'account-officer',
  personId: 'person-officer',
  role: 'informationAdministrator',
  tier: 'county',
  orgPath: county,
  orgCode: '331102',
});
const marks: MarkedValue[] = [
  { section: 'education', indicator: 'school', reason: 'wrong', words: '毕业院校与证书不符' },
];

const approved = () => {
  const found = aCase();
  found.decide('approve', principal, hash);
  return found;
};
const atAuthority = () => {
  const found = approved();
  found.sendUpward('receipt');
  return found;
};

describe('a review case', () => {
  it('waits for the principal first', () => {
    expect(aCase()).toMatchObject({ stage: 'school-review', turnOrgPath: school, turnRole: 'principal', version: 1 });
  });

  it('waits for the authority at once when nobody at the school may review (由教育行政部门直接审核)', () => {
    expect(aCase({}, true)).toMatchObject({
      stage: 'authority-review',
      turnOrgPath: county,
      turnRole: 'informationAdministrator',
    });
  });

  it('of a city-run school goes to the city', () => {
    expect(aCase({ orgPath: '0.33.3311.2133001999.' }, true).turnOrgPath).toBe('0.33.3311.');
  });

  it('goes school, submission upward, authority', () => {
    const found = atAuthority();
    expect(found.stage).toBe('authority-review');
    found.decide('approve', officer, hash);
    expect(found).toMatchObject({ stage: 'approved', turnOrgPath: undefined, turnRole: undefined, version: 4 });
  });

  it('is not decided by who filled it in, nor through a second account', () => {
    expect(() => aCase().decide('approve', { ...principal, personId: 'person-filler' }, hash)).toThrow(
      'review.own_submission',
    );
  });

  it('is not decided by the person it is about', () => {
    expect(() => aCase().decide('approve', { ...principal, personId: 'person-teacher' }, hash)).toThrow(
      'review.own_submission',
    );
  });

  it('is not decided by who only pressed submit', () => {
    const found = aCase({ contributors: ['person-teacher'] });
    expect(() => found.decide('approve', { ...principal, personId: 'person-filler' }, hash)).toThrow(
      'review.own_submission',
    );
  });

  it('refuses a decision on other content than is under review', () => {
    expect(() => aCase().decide('approve', principal, 'b'.repeat(64))).toThrow('review.content_changed');
  });

  it('refuses a decision on what was mended meanwhile', () => {
    const found = aCase();
    found.supersede();
    expect(() => found.decide('approve', principal, hash)).toThrow('review.content_changed');
  });

  it.each([
    ['the authority while it is the school’s turn', aCase, officer],
    ['the principal while it is the authority’s turn', atAuthority, principal],
    ['the province over a county', atAuthority, aCaller({ ...officer, tier: 'province', orgPath: '0.33.' })],
    ['the neighbouring county', atAuthority, aCaller({ ...officer, orgPath: '0.33.3311.331121.' })],
  ])('is not decided by %s', (_, make, by) => {
    expect(() => make().decide('approve', by, hash)).toThrow('review.not_your_turn');
  });

  it('is not decided between the two reviews', () => {
    expect(() => approved().decide('approve', principal, hash)).toThrow('review.not_awaiting');
  });

  it('is returned only with marks, approved only without', () => {
    expect(() => aCase().decide('return', principal, hash)).toThrow('review.return_needs_marks');
    expect(() => aCase().decide('approve', principal, hash, marks)).toThrow('review.approval_has_marks');
  });

  it('is the filler’s turn after the school returned it, the school’s after the authority did', () => {
    const bySchool = aCase({ actor: { accountId: 'a', personId: 'p', role: 'teacher' } });
    bySchool.decide('return', principal, hash, marks);
    expect(bySchool).toMatchObject({ stage: 'school-returned', turnOrgPath: school, turnRole: 'teacher' });
    const byAuthority = atAuthority();
    byAuthority.decide('return', officer, hash, marks);
    expect(byAuthority).toMatchObject({ stage: 'authority-returned', turnRole: 'informationAdministrator' });
  });

  it('may be withdrawn by its submitter, in whichever account, until a reviewer has opened it', () => {
    const found = aCase();
    found.withdraw({ ...filler, accountId: 'another account' });
    expect(found.stage).toBe('withdrawn');
    const opened = aCase();
    opened.open(principal);
    expect(() => opened.withdraw(filler)).toThrow('review.already_opened');
  });

  it('is not opened by somebody who may not decide it', () => {
    const found = aCase();
    found.open(officer);
    found.open({ ...principal, personId: 'person-filler' });
    expect(found.openedAt).toBeUndefined();
  });

  it('is withdrawn by nobody else and not once it is decided', () => {
    expect(() => aCase().withdraw(principal)).toThrow('review.not_your_submission');
    expect(() => approved().withdraw(filler)).toThrow('review.not_withdrawable');
    expect(() => atAuthority().withdraw(filler)).toThrow('review.already_opened');
  });

  it('cannot be decided singly while it is held in a batch', () => {
    const found = aCase();
    found.hold('batch', new Date(), principal, { verdict: 'approve', contentHash: hash });
    expect(() => found.decide('approve', principal, hash)).toThrow('review.held_in_batch');
    found.letGo('another batch');
    expect(found.heldBy).toBe('batch');
    found.letGo('batch');
    found.decide('approve', principal, hash);
    expect(found.stage).toBe('school-approved');
  });

  it('with serious rule hits is approved by no batch', () => {
    const risky = aCase({ ruleHits: ['record.order'] });
    const held = (verdict: 'approve' | 'return') => () =>
      risky.hold('batch', new Date(), principal, { verdict, contentHash: hash });
    expect(held('approve')).toThrow('review.rule_hits');
    expect(held('return')).not.toThrow();
  });

  it('is claimed by who reads it in turn, for a while, and by nobody once it has moved on', () => {
    const found = aCase();
    const colleague = { ...principal, accountId: 'account-colleague', personId: 'person-colleague' };
    found.open(filler);
    expect(found.claimedBy).toBeUndefined();
    found.open(principal);
    found.open(colleague);
    expect(found.claimedBy).toBe(principal.accountId);
    found.claimedUntil = new Date(Date.now() - 1);
    found.open(colleague);
    expect(found.claimedBy).toBe(colleague.accountId);
    found.decide('approve', principal, hash);
    expect(found.claimedBy).toBeUndefined();
  });

  it('becomes a conflict when records cannot apply the decision, and stays what it is when it is over', () => {
    const found = atAuthority();
    found.decide('approve', officer, hash);
    expect(found.conflict()).toBe(true);
    expect(found).toMatchObject({ stage: 'conflict', turnOrgPath: county });
    const over = aCase();
    over.withdraw(filler);
    expect([over.supersede(), over.conflict(), over.stage]).toEqual([false, false, 'withdrawn']);
  });

  it('has an etag of version and content, and goes on counting over the cases of a teacher', () => {
    const next = new ReviewCase(made(), { schoolSkipped: false, after: 6 });
    expect(next.etag).toBe('7.aaaaaaaa');
    next.decide('approve', principal, hash);
    expect(next.etag).toBe('8.aaaaaaaa');
  });
});

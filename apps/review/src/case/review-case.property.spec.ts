import type { Caller, Role } from '@shidang/access';
import { Refusal, type MarkedValue } from '@shidang/contracts';
import * as fc from 'fast-check';
import { authorityOf, ReviewCase } from './review-case.entity';
import { turnOf } from './review-route';

const hash = 'a'.repeat(64);
const school = '0.33.3311.331102.2133001234.';
const contributors = ['filler', 'teacher'];
const marks: MarkedValue[] = [{ section: 'basic', reason: 'missing', words: '请补充' }];

const callers = fc.record({
  personId: fc.constantFrom('filler', 'teacher', 'principal', 'officer'),
  role: fc.constantFrom<Role>('principal', 'informationAdministrator', 'teacher'),
  orgPath: fc.constantFrom(school, '0.33.3311.331102.', '0.33.3311.', '0.33.3311.331121.'),
});
const steps = fc.record({
  verb: fc.constantFrom(
    'approve',
    'return',
    'sendUpward',
    'withdraw',
    'open',
    'hold',
    'letGo',
    'skipSchool',
    'supersede',
    'conflict',
  ),
  by: callers,
  seen: fc.constantFrom(hash, hash, hash, 'b'.repeat(64)),
});
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

function take(on: ReviewCase, { verb, by: some, seen }: Step): void {
  const by = { ...some, accountId: some.personId, postId: '', tier: 'school', orgCode: '' } as Caller;
  const verbs: Record<string, () => unknown> = {
    approve: () => on.decide('approve', by, seen),
    return: () => on.decide('return', by, seen, marks),
    sendUpward: () => on.sendUpward('receipt'),
    withdraw: () => on.withdraw(by),
    open: () => on.open(by),
    hold: () => on.hold('batch', new Date(), by, { verdict: 'approve', contentHash: seen }),
    letGo: () => on.letGo('batch'),
    skipSchool: () => on.skipSchool(),
    supersede: () => on.supersede(),
    conflict: () => on.conflict(),
  };
  try {
    verbs[verb]!();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

const aCase = (schoolSkipped: boolean) =>
  new ReviewCase(
    {
      ...{
        orgPath: school,
        at: '2026-11-23T01:00:00.000Z',
        submissionId: 's',
        teacherId: 't',
        schoolCode: '2133001234',
      },
      ...{
        category: 'primarySecondary',
        kind: 'first',
        contentHash: hash,
        contributors,
        submittedBy: 'filler',
        ruleHits: [],
      },
      actor: { accountId: 'filler', personId: 'filler', role: 'informationAdministrator' },
    },
    { schoolSkipped, after: 0 },
  );

it('whatever comes in whatever order: only others decide, each in turn, on what they saw, and every move counts one', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(steps, { maxLength: 40 }), (schoolSkipped, sequence) => {
      const found = aCase(schoolSkipped);
      for (const step of sequence) {
        const before = { stage: found.stage, version: found.version, held: found.heldBy };
        take(found, step);
        expect(found.version - before.version).toBe(found.stage === before.stage ? 0 : 1);
        expect(found.turnRole === undefined).toBe(turnOf(found.kind, found.stage) === undefined);
        if (found.stage === before.stage || !['approve', 'return'].includes(step.verb)) continue;
        expect(contributors).not.toContain(step.by.personId);
        expect([step.seen, before.held]).toEqual([hash, undefined]);
        const atSchool = before.stage === 'school-review';
        expect(step.by).toMatchObject(
          atSchool
            ? { role: 'principal', orgPath: school }
            : { role: 'informationAdministrator', orgPath: authorityOf(school) },
        );
      }
    }),
    { numRuns: 300 },
  );
});

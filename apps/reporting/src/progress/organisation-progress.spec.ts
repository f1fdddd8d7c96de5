import { progressStatuses } from '@shidang/contracts';
import * as fc from 'fast-check';
import { progressOf, type Counts } from './organisation-progress';

const school = { code: '2133001234', name: '实验小学', tier: 'school' } as const;
const turn = (counts: Counts, which: string) => progressOf(school, counts).turns.find((t) => t.turn === which)?.n;

describe('progress of an organisation (工作方案 五(四))', () => {
  test('rates are shares of the declared head count, not of the accounts', () => {
    const counts = { 'head-count': 40, 'schools-declared': 1, 'status:effective': 2, 'accounts-activated:teacher': 2 };
    expect(progressOf(school, counts).rates).toMatchObject({ effective: 0.05, activated: 0.05 });
  });

  test('without a declaration there is no rate', () => {
    expect(progressOf(school, { 'status:effective': 2 }).rates.effective).toBeUndefined();
    expect(progressOf(school, { 'status:effective': 2 }).headCount).toBeUndefined();
    expect(progressOf(school, { 'schools-declared': 1, 'status:effective': 2 }).rates.effective).toBeUndefined();
  });

  test('who is declared and not on file is the turn of the school', () => {
    const counts = { 'head-count': 40, 'schools-declared': 1, 'status:draft': 30, 'status:school-review': 4 };
    expect(turn(counts, 'teacher')).toBe(30);
    expect(turn(counts, 'school')).toBe(4 + 6);
  });

  test('what was sent back counts as entered and returned, not as submitted', () => {
    const { figures } = progressOf(school, { 'status:authority-returned': 3, 'status:authority-review': 1 });
    expect(figures).toMatchObject({ entered: 4, submitted: 1, schoolReviewed: 1, returned: 3, authorityReviewed: 3 });
  });

  test('every record has exactly one owner, leavers none', () => {
    const counts = fc.record(Object.fromEntries(progressStatuses.map((s) => [`status:${s}`, fc.nat(500)])));
    fc.assert(
      fc.property(counts, (given) => {
        const progress = progressOf(school, given);
        const all = progress.statuses.reduce((sum, s) => sum + s.n, 0);
        expect(progress.turns.reduce((sum, t) => sum + t.n, 0)).toBe(all);
        const { registered, entered, complete, schoolReviewed, submitted, effective } = progress.figures;
        expect([registered, entered, complete, schoolReviewed, submitted, effective]).toEqual(
          [registered, entered, complete, schoolReviewed, submitted, effective].sort((a, b) => b - a),
        );
      }),
    );
  });
});

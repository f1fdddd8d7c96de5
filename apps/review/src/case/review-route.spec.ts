import { mayHold } from '@shidang/access';
import { caseStages, submissionKinds, type CaseStage } from '@shidang/contracts';
import { returnedStages, routeOf, routes, stages, turnOf, withdrawable } from './review-route';

const entrance = (skipped: boolean): CaseStage => routeOf('first', skipped)[0]!.awaiting;

function reachable(from: readonly CaseStage[]): Set<CaseStage> {
  const seen = new Set<CaseStage>();
  const open = [...from];
  for (let stage = open.pop(); stage; stage = open.pop()) {
    if (seen.has(stage)) continue;
    seen.add(stage);
    open.push(...Object.values(stages[stage].moves));
  }
  return seen;
}

describe('the way of a submission', () => {
  it('has a route for every kind, each ending with the authority', () => {
    for (const kind of submissionKinds) expect(routes[kind].at(-1)?.name).toBe('authority');
  });

  it('keeps the authority when nobody at the school may review', () => {
    for (const kind of submissionKinds) expect(routeOf(kind, true).map((step) => step.name)).toEqual(['authority']);
  });

  it('reaches every stage from its two entrances', () => {
    expect([...reachable([entrance(false), entrance(true)])].sort()).toEqual([...caseStages].sort());
  });

  it('gives every stage that can go on somebody whose turn it is', () => {
    const ownerless = caseStages.filter((stage) => !stages[stage].turn && stages[stage].awaits);
    expect(ownerless).toEqual([]);
    // approved only falls back when records finds other content
    const goingOn = caseStages.filter((stage) => Object.keys(stages[stage].moves).length > 0 && stage !== 'approved');
    expect(goingOn.filter((stage) => !stages[stage].turn)).toEqual([]);
  });

  it('decides in every stage that awaits a review, and nowhere else', () => {
    for (const stage of caseStages) {
      const { awaits, moves } = stages[stage];
      expect([stage, 'approve' in moves, 'return' in moves]).toEqual([stage, Boolean(awaits), Boolean(awaits)]);
    }
  });

  it('awaits each step of a route where its role has the turn', () => {
    for (const step of Object.values(routes).flat()) {
      expect(stages[step.awaiting].awaits).toBe(step.name);
      expect(stages[step.awaiting].turn).toEqual({ at: step.name, role: step.role });
      expect(mayHold(step.role, step.name === 'school' ? 'school' : 'county')).toBe(true);
    }
  });

  it('gives a returned record back to who mends it, and ends a returned change', () => {
    expect(turnOf('first', 'school-returned')).toEqual({ at: 'school', role: 'filler' });
    expect(turnOf('change', 'school-returned')).toBeUndefined();
    expect(returnedStages).toEqual(['school-returned', 'authority-returned']);
    expect(withdrawable).toEqual(['school-review', 'authority-review']);
  });

  it('never leaves the stages that are over', () => {
    for (const stage of ['withdrawn', 'superseded'] as const) expect(stages[stage]).toEqual({ moves: {} });
  });
});

import { caseStages, progressStatuses, recordStages } from '@shidang/contracts';
import { progressStatus, turnOf } from './progress-status';

const draft = { stage: 'draft', effective: false } as const;

describe('status of a teacher in the collection (工作方案 五(四))', () => {
  test('without a case the content decides', () => {
    expect(recordStages.map((stage) => progressStatus({ stage, effective: false }))).toEqual([...recordStages]);
  });

  test('an open case decides over the content', () => {
    const open = caseStages.filter((stage) => !['approved', 'withdrawn', 'superseded'].includes(stage));
    expect(open.map((caseStage) => progressStatus({ ...draft, caseStage }))).toEqual(open);
  });

  test('a withdrawn or superseded case gives the word back to the content', () => {
    expect(progressStatus({ ...draft, caseStage: 'withdrawn' })).toBe('draft');
    expect(progressStatus({ stage: 'complete', effective: false, caseStage: 'superseded' })).toBe('complete');
  });

  test('approved is not effective before records says so', () => {
    expect(progressStatus({ stage: 'complete', effective: false, caseStage: 'approved' })).toBe('authority-review');
    expect(progressStatus({ stage: 'effective', effective: true, caseStage: 'approved' })).toBe('effective');
  });

  test('the effective version stays live while something is added', () => {
    expect(progressStatus({ stage: 'draft', effective: true, caseStage: 'approved' })).toBe('effective');
  });

  test('who has left is out of every turn, whatever came before', () => {
    expect(progressStatus({ stage: 'left', effective: true, caseStage: 'authority-review' })).toBe('left');
    expect(turnOf.left).toBe('nobody');
  });

  test('every status but the two ends has an owner', () => {
    expect(progressStatuses.filter((status) => turnOf[status] === 'nobody')).toEqual(['effective', 'left']);
  });
});

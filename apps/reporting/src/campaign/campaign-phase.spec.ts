import { inOrder, phaseOn } from './campaign-phase';

const dates = { startsOn: '2016-09-01', dueOn: '2016-12-10', closesOn: '2016-12-20' };

describe('collection campaign (工作方案 五)', () => {
  test.each([
    ['2016-08-31', 'before'],
    ['2016-09-01', 'running'],
    ['2016-12-10', 'running'],
    ['2016-12-11', 'late'],
    ['2016-12-20', 'late'],
    ['2016-12-21', 'closed'],
  ])('%s is %s', (day, phase) => {
    expect(phaseOn(day, dates)).toBe(phase);
  });

  test('without dates there is no phase', () => {
    expect(phaseOn('2016-12-01', undefined)).toBe('none');
  });

  test('dates come in order', () => {
    expect(inOrder(dates)).toBe(true);
    expect(inOrder({ ...dates, dueOn: '2016-08-01' })).toBe(false);
    expect(inOrder({ ...dates, closesOn: '2016-12-09' })).toBe(false);
  });
});

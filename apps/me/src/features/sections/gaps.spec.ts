import { gapsIn, inOrder } from './gaps';

const job = (id: string, startMonth: string, endMonth?: string) => ({ id, values: { startMonth, endMonth } });

describe('gaps between rows that cover time', () => {
  it('are named by the months nobody tells of', () => {
    const rows = [job('b', '2012-09', '2015-06'), job('a', '2008-09', '2010-06')];
    expect(gapsIn('work', rows)).toEqual([{ before: 'b', from: '2010-07', to: '2012-08' }]);
    expect(inOrder('work', rows).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('are none where one row covers another, up to now, or a month lies between', () => {
    expect(gapsIn('work', [job('a', '2000-01'), job('b', '2012-09', '2015-06')])).toEqual([]);
    expect(gapsIn('work', [job('a', '2000-01', '2005-06'), job('b', '2005-08')])).toEqual([]);
  });

  it('are not looked for where rows cover no time', () => {
    expect(gapsIn('skill', [job('a', '2000-01', '2001-01'), job('b', '2010-01')])).toEqual([]);
  });
});
